"""Global pooling: one number for every channel of a sequence or an image."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from nncli.engine.context import Context
from nncli.engine.layers.base import Layer
from nncli.engine.layers.shapes import single
from nncli.engine.layers.windows import AXES
from nncli.engine.types import Array, Arrays, Shape


@dataclass(kw_only=True)
class _GlobalPooling(Layer):
    rank: ClassVar[int]
    keepdims: bool = False
    """Whether the axes that are pooled stay, as axes of one."""

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Return the channels, behind axes of one if `keepdims`."""
        shape = single(input_shapes, rank=self.rank + 1, axes=AXES[self.rank])
        self.build_scratch(shape)
        return ((*(self.rank * (1,) if self.keepdims else ()), shape[-1]),)

    def build_scratch(self, shape: Shape) -> None:
        """Declare what the layer needs besides."""

    def output_mask(self) -> None:
        """Drop the mask: the steps are gone."""


@dataclass(kw_only=True)
class _GlobalAverage(_GlobalPooling):
    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Average over all places."""
        np.mean(_places(inputs[0]), axis=1, out=_channels(outputs[0]))

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """Every place gets the same share."""
        if d_inputs[0] is not None:
            d_places = _places(d_inputs[0])
            d_places[...] = _channels(d_outputs[0])[:, np.newaxis]
            np.divide(d_places, d_places.shape[1], out=d_places)


@dataclass(kw_only=True)
class GlobalAveragePooling1D(_GlobalAverage):
    """The mean of each channel over the steps, as keras.layers.GlobalAveragePooling1D.

    Masked steps are left out. Where all of a row's are, its mean is 0 (Keras divides by 0).

    Input shape: `(rows, steps, channels)`. Output shape: `(rows, channels)`, or `(rows, 1,
    channels)` with `keepdims`.
    """

    type: Literal["GlobalAveragePooling1D"] = "GlobalAveragePooling1D"
    rank: ClassVar[int] = 1

    def build_scratch(self, shape: Shape) -> None:
        """Make room for the share that each step has in the mean, where some may be masked."""
        if self.input_masks[0]:
            self.shares, self.counts = self.add_buffer(None, 1, shape[0]), self.add_buffer(None, 1)
            self.means = self.add_buffer(None, 1, shape[1])

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Average over the steps that count."""
        mask = self.input_masks[0]
        if mask is None:
            super().forward(inputs, outputs, context)
            return
        shares, counts = self.shares.array, self.counts.array
        np.copyto(shares[:, 0], mask.array)
        np.sum(shares, axis=2, out=counts)
        np.maximum(counts, 1.0, out=counts)
        np.divide(shares, counts[:, :, np.newaxis], out=shares)
        np.matmul(shares, inputs[0], out=self.means.array)
        np.copyto(_channels(outputs[0]), self.means.array[:, 0])

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """Every step gets its share."""
        if self.input_masks[0] is None:
            super().backward(inputs, outputs, d_outputs, d_inputs, context)
        elif d_inputs[0] is not None:
            d_means = _channels(d_outputs[0])[:, np.newaxis]
            np.multiply(self.shares.array.transpose(0, 2, 1), d_means, out=d_inputs[0])


@dataclass(kw_only=True)
class GlobalAveragePooling2D(_GlobalAverage):
    """The mean of each channel, as keras.layers.GlobalAveragePooling2D.

    Input shape: `(rows, height, width, channels)`. Output shape: `(rows, channels)`, or
    `(rows, 1, 1, channels)` with `keepdims`.
    """

    type: Literal["GlobalAveragePooling2D"] = "GlobalAveragePooling2D"
    rank: ClassVar[int] = 2


@dataclass(kw_only=True)
class _GlobalMax(_GlobalPooling):
    def build_scratch(self, shape: Shape) -> None:
        """Make room to count the places that share a maximum."""
        self.holders = self.add_buffer(None, shape[-1])

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Take the maximum over all places."""
        np.max(_places(inputs[0]), axis=1, out=_channels(outputs[0]))

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """Places that share the maximum share its gradient, unlike those of a MaxPooling2D."""
        if d_inputs[0] is not None:
            d_places, holders = _places(d_inputs[0]), self.holders.array
            np.equal(_places(inputs[0]), _channels(outputs[0])[:, np.newaxis], out=d_places)
            np.sum(d_places, axis=1, out=holders)
            np.divide(_channels(d_outputs[0]), holders, out=holders)
            np.multiply(d_places, holders[:, np.newaxis], out=d_places)


@dataclass(kw_only=True)
class GlobalMaxPooling1D(_GlobalMax):
    """The largest value of each channel, as keras.layers.GlobalMaxPooling1D.

    As in Keras masked steps take part.

    Input shape: `(rows, steps, channels)`. Output shape: `(rows, channels)`, or `(rows, 1,
    channels)` with `keepdims`.
    """

    type: Literal["GlobalMaxPooling1D"] = "GlobalMaxPooling1D"
    rank: ClassVar[int] = 1


@dataclass(kw_only=True)
class GlobalMaxPooling2D(_GlobalMax):
    """The largest value of each channel, as keras.layers.GlobalMaxPooling2D.

    Input shape: `(rows, height, width, channels)`. Output shape: `(rows, channels)`, or
    `(rows, 1, 1, channels)` with `keepdims`.
    """

    type: Literal["GlobalMaxPooling2D"] = "GlobalMaxPooling2D"
    rank: ClassVar[int] = 2


def _places(inputs: Array) -> Array:
    """Return images or sequences as (rows, places, channels)."""
    return inputs.reshape(len(inputs), -1, inputs.shape[-1])


def _channels(pooled: Array) -> Array:
    """Return what is left of them as (rows, channels)."""
    return pooled.reshape(len(pooled), -1)
