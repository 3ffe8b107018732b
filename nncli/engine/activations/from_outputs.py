"""Activations whose derivative can be told from their output. Formulas are keras.activations'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.activations.base import ONE, ZERO, Activation, sigmoid
from nncli.engine.types import Array, Shape


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
        np.maximum(x, ZERO, out=y)

    def backward(self, x: Array, y: Array, d_y: Array) -> None:
        """Pass the gradient where y > 0."""
        slope = np.sign(y, out=self.slope.array)
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
        slope = np.subtract(ONE, y, out=self.slope.array)
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
        np.subtract(ONE, slope, out=slope)
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
