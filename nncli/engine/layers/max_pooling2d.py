"""MaxPooling2D: the largest value of every window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.context import Context
from nncli.engine.layers.pooling2d import Pooling2D, along
from nncli.engine.layers.windows import Padding, Pair, Windows
from nncli.engine.types import Array, Arrays, Shape


@dataclass(kw_only=True)
class MaxPooling2D(Pooling2D):
    """The largest value of each window and channel, as keras.layers.MaxPooling2D.

    Input shape: `(rows, height, width, channels)`. Output shape: `(rows, new height, new width,
    channels)`.
    """

    type: Literal["MaxPooling2D"] = "MaxPooling2D"
    pool_size: Pair = 2
    """Height and width of a window, one number for both or a pair."""
    strides: Pair | None = None
    """How far apart windows are, one number or a pair; by default as far as they are large."""
    padding: Padding = "valid"
    """`valid`: windows stay inside the image; `same`: they cover all of it."""

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Make room for what each tap takes."""
        outputs = super().build(input_shapes)
        self.taken = self.add_buffer(*self.narrow.shape)
        return outputs

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Take the maximum over the width, then over the height."""
        for part in self.few(len(inputs[0])):
            images, maxima = inputs[0][part], outputs[0][part]
            narrow = self.narrow.array[: len(images)]
            take_maxima(images, narrow, self.across, axis=2)
            take_maxima(narrow, maxima, self.down, axis=1)

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """Pass each gradient to the first row that holds the maximum, and its first place."""
        if d_inputs[0] is None:
            return
        down, across = self.down, self.across
        for part in self.few(len(inputs[0])):
            images, maxima, d_maxima = inputs[0][part], outputs[0][part], d_outputs[0][part]
            narrow = self.narrow.array[: len(images)]
            d_narrow = self.d_narrow.array[: len(images)]
            taken = self.taken.array[: len(images)]
            take_maxima(images, narrow, across, axis=2)
            return_to_maxima(
                narrow, maxima, d_maxima, d_narrow, taken[:, : down.count], down, axis=1
            )
            return_to_maxima(images, narrow, d_narrow, d_inputs[0][part], taken, across, axis=2)


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
