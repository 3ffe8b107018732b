"""Activations over the last axis, whose outputs are probabilities or their logarithms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.activations.base import Activation
from nncli.engine.types import Array, Shape

Axes = int | tuple[int, ...]


@dataclass(kw_only=True)
class Softmax(Activation):
    """exp(x) / sum(exp(x)) over the last axis."""

    type: Literal["softmax"] = "softmax"

    def build(self, shape: Shape) -> None:
        """Keep scratch arrays for products and their sums."""
        self.product = self.add_buffer(None, *shape)
        self.total = self.add_buffer(None, *shape[:-1], 1)

    def forward(self, x: Array, y: Array) -> None:
        """Write the softmax."""
        softmax(x, y, self.total.array)

    def backward(self, x: Array, y: Array, d_y: Array) -> None:
        """Turn the gradient, see `softmax_gradient`."""
        softmax_gradient(y, d_y, self.product.array, self.total.array)


@dataclass(kw_only=True)
class LogSoftmax(Activation):
    """x - log(sum(exp(x))) over the last axis."""

    type: Literal["log_softmax"] = "log_softmax"

    def build(self, shape: Shape) -> None:
        """Keep scratch arrays for probabilities and their sums."""
        self.p = self.add_buffer(None, *shape)
        self.total = self.add_buffer(None, *shape[:-1], 1)

    def forward(self, x: Array, y: Array) -> None:
        """Write the logarithm, shifted by the maximum so that nothing overflows."""
        p, total = self.p.array, self.total.array
        np.subtract(x, np.max(x, axis=-1, keepdims=True, out=total), out=y)
        np.sum(np.exp(y, out=p), axis=-1, keepdims=True, out=total)
        np.subtract(y, np.log(total, out=total), out=y)

    def backward(self, x: Array, y: Array, d_y: Array) -> None:
        """d_x = d_y - exp(y) * sum(d_y)."""
        p, total = np.exp(y, out=self.p.array), self.total.array
        np.multiply(p, np.sum(d_y, axis=-1, keepdims=True, out=total), out=p)
        np.subtract(d_y, p, out=d_y)


def softmax(x: Array, y: Array, total: Array, axes: Axes = -1) -> None:
    """Write exp(x) / sum(exp(x)) to y, shifted by the maximum so that nothing overflows.

    `total` is scratch, shaped like x with the axes of size 1.
    """
    # The ufuncs' own reduce, since np.max and np.sum take 3 us longer to get there.
    np.subtract(x, np.maximum.reduce(x, axes, None, out=total, keepdims=True), y)
    np.exp(y, y)
    np.divide(y, np.add.reduce(y, axes, None, out=total, keepdims=True), y)


def softmax_gradient(y: Array, d_y: Array, product: Array, total: Array, axes: Axes = -1) -> None:
    """Turn the gradient of a softmax y, in place: d_x = y * (d_y - sum(d_y * y))."""
    np.multiply(d_y, y, product)
    np.subtract(d_y, np.add.reduce(product, axes, None, out=total, keepdims=True), d_y)
    np.multiply(d_y, y, d_y)
