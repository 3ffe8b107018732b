"""Global pooling: one number for every channel of an image."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.context import Context
from nncli.engine.layers.base import Layer, single
from nncli.engine.types import Array, Arrays, Shape


@dataclass(kw_only=True)
class _GlobalPooling2D(Layer):
    keepdims: bool = False

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Return the channels, behind two axes of one if `keepdims`."""
        shape = single(input_shapes, rank=3, axes="(height, width, channels)")
        return ((1, 1, shape[2]) if self.keepdims else shape[2:],)


@dataclass(kw_only=True)
class GlobalAveragePooling2D(_GlobalPooling2D):
    """The mean of each channel, as keras.layers.GlobalAveragePooling2D.

    Input shape: `(rows, height, width, channels)`. Output shape: `(rows, channels)`, or
    `(rows, 1, 1, channels)` with `keepdims`.
    """

    type: Literal["GlobalAveragePooling2D"] = "GlobalAveragePooling2D"
    keepdims: bool = False
    """Whether height and width stay, as axes of one."""

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Average over height and width."""
        places = _places(inputs[0])
        np.mean(places, axis=1, out=_channels(outputs[0]))

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
class GlobalMaxPooling2D(_GlobalPooling2D):
    """The largest value of each channel, as keras.layers.GlobalMaxPooling2D.

    Input shape: `(rows, height, width, channels)`. Output shape: `(rows, channels)`, or
    `(rows, 1, 1, channels)` with `keepdims`.
    """

    type: Literal["GlobalMaxPooling2D"] = "GlobalMaxPooling2D"
    keepdims: bool = False
    """Whether height and width stay, as axes of one."""

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Make room to count the places that share a maximum."""
        self.holders = self.add_buffer(None, input_shapes[0][-1])
        return super().build(input_shapes)

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Take the maximum over height and width."""
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


def _places(images: Array) -> Array:
    """Return images as (rows, places, channels)."""
    return images.reshape(len(images), -1, images.shape[-1])


def _channels(pooled: Array) -> Array:
    """Return what is left of images as (rows, channels)."""
    return pooled.reshape(len(pooled), -1)
