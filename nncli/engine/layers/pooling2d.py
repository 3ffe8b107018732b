"""Pooling: one number for every window of an image."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Literal

from nncli.engine.context import Context
from nncli.engine.layers.base import Layer, single
from nncli.engine.layers.maxima import return_to_maxima, take_maxima
from nncli.engine.layers.windows import Padding, Pair, lay_over_image, require_positive
from nncli.engine.types import Array, Arrays, Shape

_CACHE_BYTES = 1 << 18
"""What the row maxima of the images that are pooled at a time may take."""


@dataclass(kw_only=True)
class _Pooling2D(Layer):
    pool_size: Pair = 2
    strides: Pair | None = None
    padding: Padding = "valid"

    def check(self) -> None:
        """Refuse empty windows."""
        require_positive("pool_size", self.pool_size)
        if self.strides is not None:
            require_positive("strides", self.strides)

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Lay the windows."""
        shape = single(input_shapes, rank=3, axes="(height, width, channels)")
        strides = self.pool_size if self.strides is None else self.strides
        self.windows = lay_over_image(shape, self.pool_size, strides, 1, self.padding)
        down, across = self.windows
        return ((down.count, across.count, shape[2]),)


@dataclass(kw_only=True)
class MaxPooling2D(_Pooling2D):
    """The largest value of each window and channel, as keras.layers.MaxPooling2D.

    Input shape: `(rows, height, width, channels)`. Output shape: `(rows, new height, new width,
    channels)`.
    """

    type: Literal["MaxPooling2D"] = "MaxPooling2D"
    pool_size: Pair = 2
    """Height and width of a window, one number for both or a pair."""
    strides: Pair | None = None
    """How far apart windows are; by default as far as they are large."""
    padding: Padding = "valid"
    """`valid`: windows stay inside the image; `same`: they cover all of it."""

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Make room for the maxima of single rows of some images."""
        (output,) = super().build(input_shapes)
        height, _, channels = input_shapes[0]
        across = (height, output[1], channels)
        self.images = max(1, _CACHE_BYTES // (prod(across) * self.float_type.itemsize))
        self.row_maxima = self.add_buffer(self.images, *across)
        self.d_row_maxima = self.add_buffer(self.images, *across)
        self.share = self.add_buffer(self.images, *across)
        return (output,)

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Take the maximum over the width, then over the height."""
        down, across = self.windows
        for start in range(0, len(inputs[0]), self.images):
            images = inputs[0][start : start + self.images]
            row_maxima = self.row_maxima.array[: len(images)]
            take_maxima(images, row_maxima, across, axis=2)
            take_maxima(row_maxima, outputs[0][start : start + self.images], down, axis=1)

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """Pass each gradient to the row with the maximum, then to the place in it."""
        if d_inputs[0] is None:
            return
        down, across = self.windows
        for start in range(0, len(inputs[0]), self.images):
            part = slice(start, start + self.images)
            images, maxima, d_maxima = inputs[0][part], outputs[0][part], d_outputs[0][part]
            row_maxima = self.row_maxima.array[: len(images)]
            d_row_maxima = self.d_row_maxima.array[: len(images)]
            share = self.share.array[: len(images)]
            take_maxima(images, row_maxima, across, axis=2)
            return_to_maxima(
                row_maxima, maxima, d_maxima, d_row_maxima, share[:, : down.count], down, axis=1
            )
            return_to_maxima(
                images, row_maxima, d_row_maxima, d_inputs[0][part], share, across, axis=2
            )
