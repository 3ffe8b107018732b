"""Activations that put values near zero, or up to a threshold, elsewhere, as keras.activations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.activations.base import ZERO, Elementwise
from nncli.engine.component import require, require_finite
from nncli.engine.types import Array, Shape


@dataclass(kw_only=True)
class _Shrinking(Elementwise):
    threshold: float = 0.5
    """Up to where values become 0, on both sides of it."""

    def check(self) -> None:
        """Refuse thresholds below zero, which would be no threshold."""
        require_finite("threshold", self.threshold)
        require(self.threshold >= 0, f"threshold must not be negative, got {self.threshold}")

    def build(self, shape: Shape) -> None:
        """Keep which values lie beyond the threshold."""
        super().build(shape)
        self.beyond = self.add_buffer(None, *shape, dtype=bool)

    def write_slope(self, x: Array, y: Array, slope: Array) -> None:
        """1 where y isn't 0."""
        np.not_equal(y, ZERO, out=slope, casting="unsafe")


@dataclass(kw_only=True)
class HardShrink(_Shrinking):
    """x where |x| > threshold, else 0."""

    type: Literal["hard_shrink"] = "hard_shrink"

    def forward(self, x: Array, y: Array) -> None:
        """Write x where it is large enough."""
        size = np.absolute(x, out=self.slope.array)
        np.multiply(x, np.greater(size, self.threshold, out=self.beyond.array), out=y)


@dataclass(kw_only=True)
class SoftShrink(_Shrinking):
    """x nearer to 0 by the threshold: x - threshold above it, x + threshold below -threshold."""

    type: Literal["soft_shrink"] = "soft_shrink"

    def forward(self, x: Array, y: Array) -> None:
        """Write what lies beyond the thresholds, on one side and on the other."""
        below = np.add(x, self.threshold, out=self.slope.array)
        np.minimum(below, ZERO, out=below)
        np.subtract(x, self.threshold, out=y)
        np.maximum(y, ZERO, out=y)
        np.add(y, below, out=y)


@dataclass(kw_only=True)
class TanhShrink(Elementwise):
    """x - tanh(x)."""

    type: Literal["tanh_shrink"] = "tanh_shrink"
    keeps_inputs = True

    def forward(self, x: Array, y: Array) -> None:
        """Write what tanh takes off."""
        np.subtract(x, np.tanh(x, out=self.slope.array), out=y)

    def write_slope(self, x: Array, y: Array, slope: Array) -> None:
        """tanh(x)²."""
        np.tanh(x, out=slope)
        np.multiply(slope, slope, out=slope)


@dataclass(kw_only=True)
class Threshold(Elementwise):
    """x where x > threshold, else default_value."""

    type: Literal["threshold"] = "threshold"
    threshold: float
    """What x must be above."""
    default_value: float
    """What stands for all that isn't."""
    keeps_inputs = True

    def build(self, shape: Shape) -> None:
        """Keep which values are replaced."""
        super().build(shape)
        self.replaced = self.add_buffer(None, *shape, dtype=bool)

    def forward(self, x: Array, y: Array) -> None:
        """Write x, then the other value in its place."""
        np.greater(x, self.threshold, out=self.replaced.array)
        replaced = np.logical_not(self.replaced.array, out=self.replaced.array)
        np.copyto(y, x)
        np.copyto(y, self.default_value, where=replaced)

    def write_slope(self, x: Array, y: Array, slope: Array) -> None:
        """1 where x stays."""
        np.greater(x, self.threshold, out=slope, casting="unsafe")
