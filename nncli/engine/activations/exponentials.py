"""Activations that bend as an exponential does. Formulas are keras.activations'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.activations.base import ONE, ZERO, Elementwise
from nncli.engine.component import require
from nncli.engine.types import Array, Shape

# Klambauer et al. (2017): the fixed point at mean 0 and variance 1.
_SELU_SCALE, _SELU_ALPHA = 1.0507009873554805, 1.6732632423543772


@dataclass(kw_only=True)
class Exponential(Elementwise):
    """exp(x)."""

    type: Literal["exponential"] = "exponential"

    def build(self, shape: Shape) -> None:
        """The slope is the output: nothing to keep."""

    def forward(self, x: Array, y: Array) -> None:
        """Write exp(x)."""
        np.exp(x, out=y)

    def backward(self, x: Array, y: Array, d_y: Array) -> None:
        """The slope is y."""
        np.multiply(d_y, y, out=d_y)

    def write_slope(self, x: Array, y: Array, slope: Array) -> None:
        """y."""
        np.copyto(slope, y)


@dataclass(kw_only=True)
class _Unit(Elementwise):
    """scale * x where x > 0, else size * (exp(x / width) - 1)."""

    def measures(self) -> tuple[float, float, float]:
        """Return scale, size and width."""
        raise NotImplementedError

    def build(self, shape: Shape) -> None:
        """Keep where the outputs are positive, and the slope at the lower end of the bend."""
        super().build(shape)
        self.positive = self.add_buffer(None, *shape, dtype=bool)
        scale, size, width = self.measures()
        self.scale, self.size, self.width = map(self.constant, (scale, size, width))
        self.steepness = self.constant(size / width)

    def forward(self, x: Array, y: Array) -> None:
        """Write the line above zero, the shifted exponential below."""
        below = np.minimum(x, ZERO, out=self.slope.array)
        np.divide(below, self.width, out=below)
        np.expm1(below, out=below)
        np.multiply(below, self.size, out=below)
        np.maximum(x, ZERO, out=y)
        np.multiply(y, self.scale, out=y)
        np.add(y, below, out=y)

    def write_slope(self, x: Array, y: Array, slope: Array) -> None:
        """`scale` above zero; below y / width + size / width."""
        np.divide(y, self.width, out=slope)
        np.add(slope, self.steepness, out=slope)
        np.copyto(slope, self.scale, where=np.greater(y, ZERO, out=self.positive.array))


@dataclass(kw_only=True)
class Elu(_Unit):
    """x where x > 0, else alpha * (exp(x) - 1)."""

    type: Literal["elu"] = "elu"
    alpha: float = 1.0
    """The limit below zero is -alpha."""

    def check(self) -> None:
        """Refuse an alpha that turns the sign, by which backward knows the two sides."""
        require(self.alpha >= 0, f"alpha must not be negative, got {self.alpha}")

    def measures(self) -> tuple[float, float, float]:
        """The bend is alpha deep and of width 1."""
        return 1.0, self.alpha, 1.0


@dataclass(kw_only=True)
class Selu(_Unit):
    """1.0507 * elu(x, alpha=1.6733), which keeps mean 0 and variance 1 (Klambauer et al., 2017)."""

    type: Literal["selu"] = "selu"

    def measures(self) -> tuple[float, float, float]:
        """Both pieces are scaled."""
        return _SELU_SCALE, _SELU_SCALE * _SELU_ALPHA, 1.0

    def write_slope(self, x: Array, y: Array, slope: Array) -> None:
        """As TensorFlow, at zero itself the slope from above."""
        super().write_slope(x, y, slope)
        np.copyto(slope, self.scale, where=np.equal(y, ZERO, out=self.positive.array))


@dataclass(kw_only=True)
class Celu(_Unit):
    """x where x > 0, else alpha * (exp(x / alpha) - 1), which has no kink (Barron, 2017)."""

    type: Literal["celu"] = "celu"
    alpha: float = 1.0
    """The limit below zero is -alpha."""

    def check(self) -> None:
        """Refuse an alpha that isn't positive."""
        require(self.alpha > 0, f"alpha must be above 0, got {self.alpha}")

    def measures(self) -> tuple[float, float, float]:
        """The bend is alpha deep and alpha wide."""
        return 1.0, self.alpha, self.alpha

    def write_slope(self, x: Array, y: Array, slope: Array) -> None:
        """As TensorFlow, at zero itself the slopes of both pieces are added."""
        super().write_slope(x, y, slope)
        np.add(slope, np.equal(y, ZERO, out=self.positive.array), out=slope)


@dataclass(kw_only=True)
class Softplus(Elementwise):
    """log(1 + exp(x))."""

    type: Literal["softplus"] = "softplus"

    def forward(self, x: Array, y: Array) -> None:
        """Write log(exp(0) + exp(x)), which doesn't overflow."""
        np.logaddexp(x, ZERO, out=y)

    def write_slope(self, x: Array, y: Array, slope: Array) -> None:
        """sigmoid(x) = 1 - exp(-y)."""
        np.negative(y, out=slope)
        np.expm1(slope, out=slope)
        np.negative(slope, out=slope)


@dataclass(kw_only=True)
class LogSigmoid(Elementwise):
    """log(sigmoid(x))."""

    type: Literal["log_sigmoid"] = "log_sigmoid"

    def forward(self, x: Array, y: Array) -> None:
        """Write -log(exp(0) + exp(-x)), which doesn't overflow."""
        np.negative(x, out=y)
        np.logaddexp(y, ZERO, out=y)
        np.negative(y, out=y)

    def write_slope(self, x: Array, y: Array, slope: Array) -> None:
        """1 - sigmoid(x) = 1 - exp(y)."""
        np.expm1(y, out=slope)
        np.negative(slope, out=slope)


@dataclass(kw_only=True)
class Softsign(Elementwise):
    """x / (1 + |x|)."""

    type: Literal["softsign"] = "softsign"

    def forward(self, x: Array, y: Array) -> None:
        """Divide by one more than the size."""
        size = np.abs(x, out=self.slope.array)
        np.add(size, ONE, out=size)
        np.divide(x, size, out=y)

    def write_slope(self, x: Array, y: Array, slope: Array) -> None:
        """1 / (1 + |x|)² = (1 - |y|)²."""
        np.abs(y, out=slope)
        np.subtract(ONE, slope, out=slope)
        np.multiply(slope, slope, out=slope)
