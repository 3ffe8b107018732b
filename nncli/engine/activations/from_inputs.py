"""Activations whose derivative needs their input. Formulas are keras.activations'."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi, sqrt
from typing import Literal

import numpy as np

from nncli.engine.activations.base import HALF, ONE, ZERO, Activation, sigmoid
from nncli.engine.special import erf
from nncli.engine.types import Array, Shape


@dataclass(kw_only=True)
class LeakyRelu(Activation):
    """x where x > 0, else negative_slope * x."""

    type: Literal["leaky_relu"] = "leaky_relu"
    negative_slope: float = 0.2
    """The slope below zero."""
    keeps_inputs = True

    def build(self, shape: Shape) -> None:
        """Keep a scratch array for the slopes."""
        self.slope = self.add_buffer(None, *shape)
        self.positive = self.add_buffer(None, *shape, dtype=bool)

    def forward(self, x: Array, y: Array) -> None:
        """Write x with its negative part scaled."""
        np.multiply(x, self._slope(x), out=y)

    def backward(self, x: Array, y: Array, d_y: Array) -> None:
        """Scale the gradient where x was not positive."""
        np.multiply(d_y, self._slope(x), out=d_y)

    def _slope(self, x: Array) -> Array:
        slope = self.slope.array
        slope.fill(self.negative_slope)
        positive = np.greater(x, ZERO, out=self.positive.array)
        np.copyto(slope, 1.0, where=positive)
        return slope


@dataclass(kw_only=True)
class Elu(Activation):
    """x where x > 0, else alpha * (exp(x) - 1)."""

    type: Literal["elu"] = "elu"
    alpha: float = 1.0
    """The limit below zero is -alpha."""
    keeps_inputs = True

    def build(self, shape: Shape) -> None:
        """Keep scratch arrays for the slopes and for where they are 1."""
        self.slope = self.add_buffer(None, *shape)
        self.positive = self.add_buffer(None, *shape, dtype=bool)

    def forward(self, x: Array, y: Array) -> None:
        """Write x above zero, the shifted exponential below."""
        below = np.minimum(x, ZERO, out=self.slope.array)
        np.expm1(below, out=below)
        np.multiply(below, self.alpha, out=below)
        np.maximum(x, ZERO, out=y)
        np.add(y, below, out=y)

    def backward(self, x: Array, y: Array, d_y: Array) -> None:
        """The slope below zero is alpha * exp(x)."""
        slope = np.minimum(x, ZERO, out=self.slope.array)
        np.exp(slope, out=slope)
        np.multiply(slope, self.alpha, out=slope)
        np.copyto(slope, 1.0, where=np.greater(x, ZERO, out=self.positive.array))
        np.multiply(d_y, slope, out=d_y)


@dataclass(kw_only=True)
class Softplus(Activation):
    """log(1 + exp(x))."""

    type: Literal["softplus"] = "softplus"
    keeps_inputs = True

    def build(self, shape: Shape) -> None:
        """Keep a scratch array for the slopes."""
        self.slope = self.add_buffer(None, *shape)

    def forward(self, x: Array, y: Array) -> None:
        """Write log(exp(0) + exp(x)), which doesn't overflow."""
        np.logaddexp(x, ZERO, out=y)

    def backward(self, x: Array, y: Array, d_y: Array) -> None:
        """The slope is sigmoid(x)."""
        slope = sigmoid(x, self.slope.array)
        np.multiply(d_y, slope, out=d_y)


@dataclass(kw_only=True)
class Silu(Activation):
    """x * sigmoid(x), also known as swish."""

    type: Literal["silu"] = "silu"
    keeps_inputs = True

    def build(self, shape: Shape) -> None:
        """Keep the sigmoid for backward."""
        self.gate = self.add_buffer(None, *shape)
        self.slope = self.add_buffer(None, *shape)

    def forward(self, x: Array, y: Array) -> None:
        """Write x * sigmoid(x)."""
        np.multiply(x, sigmoid(x, self.gate.array), out=y)

    def backward(self, x: Array, y: Array, d_y: Array) -> None:
        """The slope is s + x s (1 - s) = s + y (1 - s), with s the sigmoid."""
        gate, slope = self.gate.array, self.slope.array
        np.subtract(ONE, gate, out=slope)
        np.multiply(slope, y, out=slope)
        np.add(slope, gate, out=slope)
        np.multiply(d_y, slope, out=d_y)


@dataclass(kw_only=True)
class Gelu(Activation):
    """x * P(X <= x) for a standard normal X (Hendrycks and Gimpel, 2016), the exact form."""

    type: Literal["gelu"] = "gelu"
    keeps_inputs = True

    def build(self, shape: Shape) -> None:
        """Keep the distribution function for backward."""
        self.below = self.add_buffer(None, *shape)
        self.density = self.add_buffer(None, *shape)

    def forward(self, x: Array, y: Array) -> None:
        """Write x * (1 + erf(x / sqrt(2))) / 2."""
        below = self.below.array
        np.multiply(x, 1.0 / sqrt(2.0), out=below)
        np.copyto(below, erf(below))
        np.add(below, ONE, out=below)
        np.multiply(below, HALF, out=below)
        np.multiply(x, below, out=y)

    def backward(self, x: Array, y: Array, d_y: Array) -> None:
        """The slope is P(X <= x) + x * density(x)."""
        density = np.multiply(x, x, out=self.density.array)
        np.multiply(density, -0.5, out=density)
        np.exp(density, out=density)
        np.multiply(density, 1.0 / sqrt(2.0 * pi), out=density)
        np.multiply(density, x, out=density)
        np.add(density, self.below.array, out=density)
        np.multiply(d_y, density, out=d_y)
