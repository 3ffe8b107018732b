"""Activations made of straight pieces. Formulas are keras.activations'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.activations.base import ONE, ZERO, Elementwise
from nncli.engine.component import require
from nncli.engine.types import Array, Shape

_THREE, _SIX = np.array(3.0, np.float32), np.array(6.0, np.float32)


@dataclass(kw_only=True)
class Relu6(Elementwise):
    """min(max(x, 0), 6)."""

    type: Literal["relu6"] = "relu6"

    def forward(self, x: Array, y: Array) -> None:
        """Write x, cut at both ends."""
        np.maximum(x, ZERO, out=y)
        np.minimum(y, _SIX, out=y)

    def write_slope(self, x: Array, y: Array, slope: Array) -> None:
        """1 where 0 < y < 6, which is where y (6 - y) is positive."""
        np.subtract(_SIX, y, out=slope)
        np.multiply(slope, y, out=slope)
        np.sign(slope, out=slope)


@dataclass(kw_only=True)
class HardSigmoid(Elementwise):
    """min(max(x + 3, 0), 6) / 6, a sigmoid of three straight pieces."""

    type: Literal["hard_sigmoid"] = "hard_sigmoid"

    def forward(self, x: Array, y: Array) -> None:
        """Write the pieces."""
        _hard_sigmoid(x, y)

    def write_slope(self, x: Array, y: Array, slope: Array) -> None:
        """1/6 between the ends."""
        _hard_slope(y, slope)


@dataclass(kw_only=True)
class LeakyRelu(Elementwise):
    """x where x > 0, else negative_slope * x."""

    type: Literal["leaky_relu"] = "leaky_relu"
    negative_slope: float = 0.2
    """The slope below zero."""

    def check(self) -> None:
        """Refuse slopes that turn the sign, by which backward knows the two sides."""
        require(
            self.negative_slope >= 0,
            f"negative_slope must not be negative, got {self.negative_slope}",
        )

    def build(self, shape: Shape) -> None:
        """Keep where the outputs are positive."""
        super().build(shape)
        self.positive = self.add_buffer(None, *shape, dtype=bool)
        self.below = self.constant(self.negative_slope)
        self.outer = np.maximum if self.negative_slope <= 1 else np.minimum

    def forward(self, x: Array, y: Array) -> None:
        """Write the larger of x and its part (the smaller, where the part is steeper)."""
        below = np.multiply(x, self.below, out=self.slope.array)
        self.outer(x, below, out=y)

    def write_slope(self, x: Array, y: Array, slope: Array) -> None:
        """1 where y > 0, else negative_slope."""
        slope.fill(self.negative_slope)
        np.copyto(slope, ONE, where=np.greater(y, ZERO, out=self.positive.array))


@dataclass(kw_only=True)
class BoundedRelu(Elementwise):
    """keras.activations.relu with all its arguments; no config names it, the ReLU layer uses it.

    x where it is above `threshold`, at most `max_value`; below, negative_slope * (x - threshold).
    """

    max_value: float | None
    negative_slope: float
    threshold: float
    keeps_inputs = True

    def build(self, shape: Shape) -> None:
        """Keep which values lie on one side of a bound."""
        super().build(shape)
        self.side = self.add_buffer(None, *shape, dtype=bool)

    def forward(self, x: Array, y: Array) -> None:
        """Write the three pieces."""
        below = np.subtract(x, self.threshold, out=self.slope.array)
        np.minimum(below, ZERO, out=below)
        np.multiply(below, self.negative_slope, out=below)
        np.multiply(x, np.greater(x, self.threshold, out=self.side.array), out=y)
        if self.max_value is not None:
            np.minimum(y, self.max_value, out=y)
        np.add(y, below, out=y)

    def write_slope(self, x: Array, y: Array, slope: Array) -> None:
        """1 between the bounds, 0 above and at the threshold, negative_slope below."""
        side = self.side.array
        np.less(x, self.threshold, out=slope)
        np.multiply(slope, self.negative_slope, out=slope)
        np.add(slope, np.greater(x, self.threshold, out=side), out=slope)
        if self.max_value is not None:
            # As Keras: a cut at 6 is TensorFlow's relu6, which is flat at 6 itself.
            beyond = np.greater_equal if self.max_value == 6 and not self.threshold else np.greater
            np.copyto(slope, ZERO, where=beyond(x, self.max_value, out=side))


@dataclass(kw_only=True)
class HardSilu(Elementwise):
    """x * hard_sigmoid(x), also known as hard swish."""

    type: Literal["hard_silu"] = "hard_silu"
    keeps_inputs = True

    def build(self, shape: Shape) -> None:
        """Keep the gate."""
        super().build(shape)
        self.gate = self.add_buffer(None, *shape)

    def forward(self, x: Array, y: Array) -> None:
        """Write x times the gate."""
        _hard_sigmoid(x, self.gate.array)
        np.multiply(x, self.gate.array, out=y)

    def write_slope(self, x: Array, y: Array, slope: Array) -> None:
        """The gate + x * the gate's slope."""
        _hard_slope(self.gate.array, slope)
        np.multiply(slope, x, out=slope)
        np.add(slope, self.gate.array, out=slope)


def _hard_sigmoid(x: Array, y: Array) -> None:
    np.add(x, _THREE, out=y)
    np.maximum(y, ZERO, out=y)
    np.minimum(y, _SIX, out=y)
    np.divide(y, _SIX, out=y)


def _hard_slope(y: Array, slope: Array) -> None:
    """Write 1/6 where 0 < y < 1, which is where y (1 - y) is positive."""
    np.subtract(ONE, y, out=slope)
    np.multiply(slope, y, out=slope)
    np.sign(slope, out=slope)
    np.divide(slope, _SIX, out=slope)
