"""Activations that are exactly constant beyond -1 or 1, and squareplus. As keras.activations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.activations.base import HALF, ONE, ZERO, Elementwise
from nncli.engine.component import require, require_finite
from nncli.engine.types import Array

_FOUR, _MINUS_ONE = np.array(4.0, np.float32), np.array(-1.0, np.float32)


@dataclass(kw_only=True)
class HardTanh(Elementwise):
    """min(max(x, -1), 1)."""

    type: Literal["hard_tanh"] = "hard_tanh"
    keeps_inputs = True

    def forward(self, x: Array, y: Array) -> None:
        """Write x, cut at both ends."""
        _cut(x, y)

    def write_slope(self, x: Array, y: Array, slope: Array) -> None:
        """1 where nothing is cut off."""
        np.equal(x, y, out=slope, casting="unsafe")


@dataclass(kw_only=True)
class SparseSigmoid(Elementwise):
    """min(max((x + 1) / 2, 0), 1)."""

    type: Literal["sparse_sigmoid"] = "sparse_sigmoid"

    def forward(self, x: Array, y: Array) -> None:
        """Write the three straight pieces."""
        _cut(x, y)
        np.add(y, ONE, out=y)
        np.multiply(y, HALF, out=y)

    def write_slope(self, x: Array, y: Array, slope: Array) -> None:
        """1/2 where 0 < y < 1, which is where y (1 - y) is positive."""
        np.subtract(ONE, y, out=slope)
        np.multiply(slope, y, out=slope)
        np.sign(slope, out=slope)
        np.multiply(slope, HALF, out=slope)


@dataclass(kw_only=True)
class SparsePlus(Elementwise):
    """0 up to -1, (x + 1)² / 4 up to 1, then x."""

    type: Literal["sparse_plus"] = "sparse_plus"

    def forward(self, x: Array, y: Array) -> None:
        """Write the parabola of x cut at both ends, and what was cut off above."""
        above = np.subtract(x, ONE, out=self.slope.array)
        np.maximum(above, ZERO, out=above)
        _cut(x, y)
        np.add(y, ONE, out=y)
        np.multiply(y, y, out=y)
        np.divide(y, _FOUR, out=y)
        np.add(y, above, out=y)

    def write_slope(self, x: Array, y: Array, slope: Array) -> None:
        """(x + 1) / 2 between, which is the root of y."""
        np.minimum(y, ONE, out=slope)
        np.sqrt(slope, out=slope)


@dataclass(kw_only=True)
class SquarePlus(Elementwise):
    """(x + sqrt(x² + b)) / 2, a relu with a round corner."""

    type: Literal["squareplus"] = "squareplus"
    b: float = 4.0
    """How round: the height at zero is half its root."""

    def check(self) -> None:
        """Refuse a corner that has no slope."""
        require_finite("b", self.b)
        require(self.b > 0, f"b must be above 0, got {self.b}")

    def forward(self, x: Array, y: Array) -> None:
        """Write half the sum."""
        root = np.multiply(x, x, out=self.slope.array)
        np.sqrt(np.add(root, self.b, out=root), out=root)
        np.add(x, root, out=y)
        np.multiply(y, HALF, out=y)

    def write_slope(self, x: Array, y: Array, slope: Array) -> None:
        """y / sqrt(x² + b), which is y² / (y² + b / 4)."""
        np.multiply(y, y, out=slope)
        np.add(slope, self.b / 4.0, out=slope)
        np.divide(y, slope, out=slope)
        np.multiply(slope, y, out=slope)


def _cut(x: Array, y: Array) -> None:
    np.maximum(x, _MINUS_ONE, out=y)
    np.minimum(y, ONE, out=y)
