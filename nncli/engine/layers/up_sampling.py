"""UpSampling1D and UpSampling2D: sequences and images enlarged by whole factors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from nncli.engine.context import Context
from nncli.engine.layers.base import Layer
from nncli.engine.layers.interpolation import enlarging
from nncli.engine.layers.shapes import single
from nncli.engine.layers.windows import AXES, Pair, Sizes, as_images, require_positive, spread
from nncli.engine.types import Array, Arrays, Shape


@dataclass(kw_only=True)
class _UpSampling(Layer):
    rank: ClassVar[int]
    size: Sizes = 2

    def check(self) -> None:
        """Refuse factors below one."""
        require_positive("size", self.size)

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Return the larger shape."""
        shape = single(input_shapes, rank=self.rank + 1, axes=AXES[self.rank])
        self.factors = spread(self.size, self.rank)
        sizes = [size * factor for size, factor in zip(shape, self.factors, strict=False)]
        return ((*sizes, shape[-1]),)

    def output_mask(self) -> None:
        """Drop the mask, as Keras does: the steps are others."""

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Repeat every value."""
        np.copyto(self._blocks(outputs[0]), as_images(inputs[0])[:, :, np.newaxis, :, np.newaxis])

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """Add up the gradients of the repetitions."""
        if d_inputs[0] is None:
            return
        d_images = as_images(d_inputs[0])
        blocks = self._blocks(d_outputs[0])
        d_images.fill(0.0)
        for y in range(blocks.shape[2]):
            for x in range(blocks.shape[4]):
                np.add(d_images, blocks[:, :, y, :, x], out=d_images)

    def _blocks(self, large: Array) -> Array:
        """Return (rows, height, factor, width, factor, channels)."""
        rows, height, width, channels = as_images(large).shape
        down, across = [1, *self.factors][-2:]
        return large.reshape(rows, height // down, down, width // across, across, channels)


@dataclass(kw_only=True)
class UpSampling1D(_UpSampling):
    """Repeats every step, as keras.layers.UpSampling1D.

    Input shape: `(rows, steps, channels)`. Output shape: `(rows, steps * size, channels)`.
    """

    type: Literal["UpSampling1D"] = "UpSampling1D"
    rank: ClassVar[int] = 1
    size: int = 2
    """How often."""


@dataclass(kw_only=True)
class UpSampling2D(_UpSampling):
    """Enlarges images, as keras.layers.UpSampling2D.

    Input shape: `(rows, height, width, channels)`. Output shape: `(rows, height * size, width *
    size, channels)`.
    """

    type: Literal["UpSampling2D"] = "UpSampling2D"
    rank: ClassVar[int] = 2
    size: Pair = 2
    """How many times, one number for height and width or a pair."""
    interpolation: Literal["nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"] = "nearest"
    """`nearest` repeats every pixel; `bilinear` draws straight lines between their centers,
    `bicubic` smooth ones; `lanczos3` and `lanczos5` weigh the pixels up to 3 and 5 away."""

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Where pixels are mixed, work out the weights, and make room for images half enlarged."""
        (output,) = outputs = super().build(input_shapes)
        if self.interpolation != "nearest":
            height, width, channels = input_shapes[0]
            down, across = self.factors
            self.down = enlarging(self.interpolation, height, down).astype(self.float_type)
            self.across = enlarging(self.interpolation, width, across).astype(self.float_type)
            self.tall = self.add_buffer(None, output[0], width, channels)
        return outputs

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Enlarge the height, then the width, each as a matrix product."""
        if self.interpolation == "nearest":
            super().forward(inputs, outputs, context)
            return
        tall = self.tall.array
        np.matmul(self.down, _lines(inputs[0]), out=_lines(tall))
        np.matmul(self.across, tall, out=outputs[0])

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """The same products the other way, with the matrices turned."""
        if self.interpolation == "nearest":
            super().backward(inputs, outputs, d_outputs, d_inputs, context)
        elif d_inputs[0] is not None:
            d_tall = self.tall.array
            np.matmul(self.across.T, d_outputs[0], out=d_tall)
            np.matmul(self.down.T, _lines(d_tall), out=_lines(d_inputs[0]))


def _lines(images: Array) -> Array:
    """Return images as (rows, height, width * channels)."""
    return images.reshape(*images.shape[:2], -1)
