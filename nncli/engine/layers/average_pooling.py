"""AveragePooling1D and AveragePooling2D: the mean of every window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from nncli.engine.layers.pooling import Pooling, along
from nncli.engine.layers.windows import Pair, Single, Windows
from nncli.engine.types import Array, Shape


@dataclass(kw_only=True)
class AveragePooling(Pooling):
    """Base of both."""

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Work out what share of each window's mean one input has."""
        outputs = super().build(input_shapes)
        inside = np.multiply.outer(_taps_inside(self.down), _taps_inside(self.across))
        self.share: Array = (1.0 / inside[:, :, np.newaxis]).astype(self.float_type)
        return outputs

    def pool(self, images: Array, pooled: Array) -> None:
        """Add up over the width, then over the height."""
        narrow = self.narrow.array[: len(images)]
        _add_up(images, narrow, self.across, axis=2)
        _add_up(narrow, pooled, self.down, axis=1)
        np.multiply(pooled, self.share, out=pooled)

    def pool_back(self, images: Array, pooled: Array, d_pooled: Array, d_images: Array) -> None:
        """Give every input its share of each window that it is in."""
        d_narrow = self.d_narrow.array[: len(images)]
        np.multiply(d_pooled, self.share, out=d_pooled)
        _hand_back(d_pooled, d_narrow, self.down, axis=1)
        _hand_back(d_narrow, d_images, self.across, axis=2)


@dataclass(kw_only=True)
class AveragePooling1D(AveragePooling):
    """The mean of each window and channel, padding left out, as keras.layers.AveragePooling1D.

    Input shape: `(rows, steps, channels)`. Output shape: `(rows, new steps, channels)`.
    """

    type: Literal["AveragePooling1D"] = "AveragePooling1D"
    rank: ClassVar[int] = 1
    pool_size: Single = 2
    strides: Single | None = None


@dataclass(kw_only=True)
class AveragePooling2D(AveragePooling):
    """The mean of each window and channel, padding left out, as keras.layers.AveragePooling2D.

    Input shape: `(rows, height, width, channels)`. Output shape: `(rows, new height, new width,
    channels)`.
    """

    type: Literal["AveragePooling2D"] = "AveragePooling2D"
    rank: ClassVar[int] = 2
    pool_size: Pair = 2
    strides: Pair | None = None


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
