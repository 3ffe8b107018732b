"""MaxPooling1D and MaxPooling2D: the largest value of every window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from nncli.engine.layers.pooling import Pooling, along
from nncli.engine.layers.windows import Pair, Single, Windows
from nncli.engine.types import Array, Shape


@dataclass(kw_only=True)
class MaxPooling(Pooling):
    """Base of both."""

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Make room for what each tap takes."""
        outputs = super().build(input_shapes)
        self.taken = self.add_buffer(*self.narrow.shape)
        return outputs

    def pool(self, images: Array, pooled: Array) -> None:
        """Take the maximum over the width, then over the height."""
        narrow = self.narrow.array[: len(images)]
        take_maxima(images, narrow, self.across, axis=2)
        take_maxima(narrow, pooled, self.down, axis=1)

    def pool_back(self, images: Array, pooled: Array, d_pooled: Array, d_images: Array) -> None:
        """Pass each gradient to the first row that holds the maximum, and its first place."""
        narrow, d_narrow, taken = (
            buffer.array[: len(images)] for buffer in (self.narrow, self.d_narrow, self.taken)
        )
        take_maxima(images, narrow, self.across, axis=2)
        left = taken[:, : self.down.count]
        return_to_maxima(narrow, pooled, d_pooled, d_narrow, left, self.down, axis=1)
        return_to_maxima(images, narrow, d_narrow, d_images, taken, self.across, axis=2)


@dataclass(kw_only=True)
class MaxPooling1D(MaxPooling):
    """The largest value of each window and channel, as keras.layers.MaxPooling1D.

    Input shape: `(rows, steps, channels)`. Output shape: `(rows, new steps, channels)`.
    """

    type: Literal["MaxPooling1D"] = "MaxPooling1D"
    rank: ClassVar[int] = 1
    pool_size: Single = 2
    strides: Single | None = None


@dataclass(kw_only=True)
class MaxPooling2D(MaxPooling):
    """The largest value of each window and channel, as keras.layers.MaxPooling2D.

    Input shape: `(rows, height, width, channels)`. Output shape: `(rows, new height, new width,
    channels)`.
    """

    type: Literal["MaxPooling2D"] = "MaxPooling2D"
    rank: ClassVar[int] = 2
    pool_size: Pair = 2
    strides: Pair | None = None


def take_maxima(x: Array, y: Array, windows: Windows, axis: int) -> None:
    """Write the largest of each window of x along the axis to y; padding never wins."""
    pieces = [(y[along(axis, to)], x[along(axis, start)]) for to, start in windows.inside()]
    if windows.reaches_outside:
        y.fill(-np.inf)
    else:
        np.copyto(*pieces.pop(0))
    for best, candidate in pieces:
        np.maximum(best, candidate, out=best)


def return_to_maxima(
    x: Array, y: Array, d_y: Array, d_x: Array, scratch: Array, windows: Windows, axis: int
) -> None:
    """Write to d_x what `take_maxima` passes back to x; d_y and `scratch` are used up.

    Tap by tap, the inputs that hold a maximum take what is left of its gradient.
    """
    alone = windows.stride >= windows.taps
    if windows.stride != windows.taps or windows.count * windows.taps != windows.size:
        d_x.fill(0.0)
    for to, start in windows.inside():
        here, there = along(axis, to), along(axis, start)
        taken = d_x[there] if alone else scratch[here]
        np.equal(x[there], y[here], out=taken)
        np.multiply(taken, d_y[here], out=taken)
        np.subtract(d_y[here], taken, out=d_y[here])
        if not alone:
            np.add(d_x[there], taken, out=d_x[there])
