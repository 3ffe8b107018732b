"""Activation functions, each with its derivative beside it. Formulas are keras.activations'.

`forward(x, y)` writes y from x; `backward(x, y, d_y)` turns the gradient of y, in place, into that
of x. Where the derivative can be told from y alone, x and y may be the same array, so that a
layer needs no second buffer; the others say so by `keeps_inputs`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import pi, sqrt
from typing import ClassVar, Literal

import numpy as np

from nncli.engine.component import Component
from nncli.engine.special import erf
from nncli.engine.types import Array, Shape


@dataclass(kw_only=True)
class Activation(Component):
    """An elementwise function, or one over the last axis."""

    keeps_inputs: ClassVar[bool] = False
    """Whether backward needs x as it was; if not, x may have been overwritten by y."""

    def build(self, shape: Shape) -> None:
        """Declare the buffers wanted for arrays of (rows, *shape)."""

    def forward(self, x: Array, y: Array) -> None:
        """Write the function of x to y."""
        raise NotImplementedError

    def apply(self, x: Array) -> Array:
        """Return the function of x as a new array, whatever buffers are bound."""
        function, y = replace(self), np.empty_like(x)
        function.set_float_type(x.dtype)
        function.build(x.shape[1:])
        for buffer in function.buffers:
            buffer.memory.reserve(len(x))
            buffer.array = buffer.view(len(x))
        function.forward(x, y)
        return y

    def backward(self, x: Array, y: Array, d_y: Array) -> None:
        """Turn the gradient with respect to y into the one with respect to x, in place."""
        raise NotImplementedError


@dataclass(kw_only=True)
class Linear(Activation):
    """The identity."""

    type: Literal["linear"] = "linear"

    def forward(self, x: Array, y: Array) -> None:
        """Write x to y."""
        if x is not y:
            np.copyto(y, x)

    def backward(self, x: Array, y: Array, d_y: Array) -> None:
        """Leave the gradient as it is."""


@dataclass(kw_only=True)
class Relu(Activation):
    """max(x, 0)."""

    type: Literal["relu"] = "relu"

    def build(self, shape: Shape) -> None:
        """Keep a scratch array for the slopes."""
        self.slope = self.add_buffer(None, *shape)

    def forward(self, x: Array, y: Array) -> None:
        """Write max(x, 0)."""
        np.maximum(x, 0.0, out=y)

    def backward(self, x: Array, y: Array, d_y: Array) -> None:
        """Pass the gradient where y > 0."""
        slope = np.sign(y, out=self.slope.array)
        np.multiply(d_y, slope, out=d_y)


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
        positive = np.greater(x, 0.0, out=self.positive.array)
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
        below = np.minimum(x, 0.0, out=self.slope.array)
        np.expm1(below, out=below)
        np.multiply(below, self.alpha, out=below)
        np.maximum(x, 0.0, out=y)
        np.add(y, below, out=y)

    def backward(self, x: Array, y: Array, d_y: Array) -> None:
        """The slope below zero is alpha * exp(x)."""
        slope = np.minimum(x, 0.0, out=self.slope.array)
        np.exp(slope, out=slope)
        np.multiply(slope, self.alpha, out=slope)
        np.copyto(slope, 1.0, where=np.greater(x, 0.0, out=self.positive.array))
        np.multiply(d_y, slope, out=d_y)


@dataclass(kw_only=True)
class Sigmoid(Activation):
    """1 / (1 + exp(-x))."""

    type: Literal["sigmoid"] = "sigmoid"

    def build(self, shape: Shape) -> None:
        """Keep a scratch array for the slopes."""
        self.slope = self.add_buffer(None, *shape)

    def forward(self, x: Array, y: Array) -> None:
        """Write the sigmoid."""
        sigmoid(x, y)

    def backward(self, x: Array, y: Array, d_y: Array) -> None:
        """The slope is y * (1 - y)."""
        slope = np.subtract(1.0, y, out=self.slope.array)
        np.multiply(slope, y, out=slope)
        np.multiply(d_y, slope, out=d_y)


@dataclass(kw_only=True)
class Tanh(Activation):
    """The hyperbolic tangent."""

    type: Literal["tanh"] = "tanh"

    def build(self, shape: Shape) -> None:
        """Keep a scratch array for the slopes."""
        self.slope = self.add_buffer(None, *shape)

    def forward(self, x: Array, y: Array) -> None:
        """Write tanh(x)."""
        np.tanh(x, out=y)

    def backward(self, x: Array, y: Array, d_y: Array) -> None:
        """The slope is 1 - y²."""
        slope = np.multiply(y, y, out=self.slope.array)
        np.subtract(1.0, slope, out=slope)
        np.multiply(d_y, slope, out=d_y)


@dataclass(kw_only=True)
class Softmax(Activation):
    """exp(x) / sum(exp(x)) over the last axis."""

    type: Literal["softmax"] = "softmax"

    def build(self, shape: Shape) -> None:
        """Keep scratch arrays for products and their sums."""
        self.product = self.add_buffer(None, *shape)
        self.total = self.add_buffer(None, *shape[:-1], 1)

    def forward(self, x: Array, y: Array) -> None:
        """Write the softmax, shifted by the maximum so that nothing overflows."""
        total = self.total.array
        np.subtract(x, np.max(x, axis=-1, keepdims=True, out=total), out=y)
        np.exp(y, out=y)
        np.divide(y, np.sum(y, axis=-1, keepdims=True, out=total), out=y)

    def backward(self, x: Array, y: Array, d_y: Array) -> None:
        """d_x = y * (d_y - sum(d_y * y))."""
        product, total = self.product.array, self.total.array
        np.multiply(d_y, y, out=product)
        np.sum(product, axis=-1, keepdims=True, out=total)
        np.subtract(d_y, total, out=d_y)
        np.multiply(d_y, y, out=d_y)


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
        np.logaddexp(x, 0.0, out=y)

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
        np.subtract(1.0, gate, out=slope)
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
        np.add(below, 1.0, out=below)
        np.multiply(below, 0.5, out=below)
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


def sigmoid(x: Array, y: Array) -> Array:
    """Write 1 / (1 + exp(-x)) to y, as tanh(x / 2) / 2 + 1 / 2, which never overflows."""
    np.multiply(x, 0.5, out=y)
    np.tanh(y, out=y)
    np.multiply(y, 0.5, out=y)
    return np.add(y, 0.5, out=y)
