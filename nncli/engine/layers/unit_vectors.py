"""Vectors within rows brought to length 1, and the gradient through that."""

from __future__ import annotations

from math import prod

import numpy as np

from nncli.engine.layers.base import Layer
from nncli.engine.layers.part_means import PartMeans
from nncli.engine.types import Array, Shape


class UnitVectors:
    """Divides vectors by their lengths, sqrt(sum(x²)), but multiplies none by more than `largest`.

    Vectors of zeros stay zeros, and let no gradient through (Keras makes nan of it).

    Arguments:
        owner: the layer, which owns the buffers.
        shape: of a row.
        axes: along which the vectors lie; 1 is the first of a row.
        largest: what short vectors are multiplied with.
    """

    def __init__(self, owner: Layer, shape: Shape, axes: tuple[int, ...], largest: float) -> None:
        self.largest = largest
        self.length = prod(shape[axis - 1] for axis in axes)
        self.means = PartMeans(owner, shape, axes)
        self.product = owner.add_buffer(None, *shape)
        self.factors, self.shares = (owner.add_buffer(None, *self.means.shape) for _ in range(2))

    def forward(self, x: Array, y: Array) -> None:
        """Write the vectors of x to y, with length 1."""
        factors = self.factors.array
        self.means.of(np.square(x, out=self.product.array), factors)
        np.multiply(factors, self.length, out=factors)
        np.sqrt(factors, out=factors)
        np.maximum(factors, 1.0 / self.largest, out=factors)
        np.divide(1.0, factors, out=factors)
        np.multiply(x, factors, out=y)

    def backward(self, y: Array, d_y: Array, d_x: Array) -> None:
        """What points along the vector is lost: d_x = factor * (d_y - y * sum(d_y * y))."""
        product, factors = self.product.array, self.factors.array
        shares = self.means.of(np.multiply(d_y, y, out=product), self.shares.array)
        np.multiply(shares, self.length, out=shares)
        np.subtract(d_y, np.multiply(y, shares, out=product), out=d_x)
        np.less(factors, self.largest, out=shares, casting="unsafe")
        np.multiply(shares, factors, out=shares)
        np.multiply(d_x, shares, out=d_x)
