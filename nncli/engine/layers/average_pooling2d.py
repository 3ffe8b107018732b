"""AveragePooling2D: the mean of every window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.context import Context
from nncli.engine.layers.pooling2d import Pooling2D, along
from nncli.engine.layers.windows import Padding, Pair, Windows
from nncli.engine.types import Array, Arrays, Shape


@dataclass(kw_only=True)
class AveragePooling2D(Pooling2D):
    """The mean of each window and channel, as keras.layers.AveragePooling2D.

    Padding doesn't count.

    Input shape: `(rows, height, width, channels)`. Output shape: `(rows, new height, new width,
    channels)`.
    """

    type: Literal["AveragePooling2D"] = "AveragePooling2D"
    pool_size: Pair = 2
    """Height and width of a window, one number for both or a pair."""
    strides: Pair | None = None
    """How far apart windows are, one number or a pair; by default as far as they are large."""
    padding: Padding = "valid"
    """`valid`: windows stay inside the image; `same`: they cover all of it."""

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Work out what share of each window's mean one input has."""
        outputs = super().build(input_shapes)
        inside = np.multiply.outer(_taps_inside(self.down), _taps_inside(self.across))
        self.share: Array = (1.0 / inside[:, :, np.newaxis]).astype(self.float_type)
        return outputs

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Add up over the width, then over the height."""
        for part in self.few(len(inputs[0])):
            images, means = inputs[0][part], outputs[0][part]
            narrow = self.narrow.array[: len(images)]
            _add_up(images, narrow, self.across, axis=2)
            _add_up(narrow, means, self.down, axis=1)
            np.multiply(means, self.share, out=means)

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """Give every input its share of each window that it is in."""
        if d_inputs[0] is None:
            return
        for part in self.few(len(inputs[0])):
            d_means, d_images = d_outputs[0][part], d_inputs[0][part]
            d_narrow = self.d_narrow.array[: len(d_images)]
            np.multiply(d_means, self.share, out=d_means)
            _hand_back(d_means, d_narrow, self.down, axis=1)
            _hand_back(d_narrow, d_images, self.across, axis=2)


def _taps_inside(windows: Windows) -> Array:
    """Return how many inputs each window holds."""
    counts = np.zeros(windows.count)
    for to, _ in windows.inside():
        counts[to] += 1
    return counts


def _add_up(x: Array, y: Array, windows: Windows, axis: int) -> None:
    """Write the sum of each window of x along the axis to y."""
    y.fill(0.0)
    for to, start in windows.inside():
        total = y[along(axis, to)]
        np.add(total, x[along(axis, start)], out=total)


def _hand_back(d_y: Array, d_x: Array, windows: Windows, axis: int) -> None:
    """Write to d_x the sum of the gradients of the windows that each input is in."""
    d_x.fill(0.0)
    for to, start in windows.inside():
        total = d_x[along(axis, start)]
        np.add(total, d_y[along(axis, to)], out=total)
