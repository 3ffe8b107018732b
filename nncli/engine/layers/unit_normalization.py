"""UnitNormalization: keeps the direction of each vector and makes its length 1."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Literal

import numpy as np

from nncli.engine.context import Context
from nncli.engine.layers.axes import Axes, check_axes, resolve_axes
from nncli.engine.layers.base import Layer, single
from nncli.engine.layers.part_means import PartMeans
from nncli.engine.types import Array, Arrays, Shape

_LARGEST = 1e12
"""What short vectors are multiplied with at most, as in Keras."""


@dataclass(kw_only=True)
class UnitNormalization(Layer):
    """outputs = inputs / sqrt(sum(inputs²)), summed over `axis`, as keras.layers.UnitNormalization.

    Vectors of zeros stay zeros, and let no gradient through (Keras makes nan of it).

    Input shape: any. Output shape: the same.
    """

    type: Literal["UnitNormalization"] = "UnitNormalization"
    axis: Axes = -1
    """The axis, or axes, along which vectors lie; 1 is the first after the rows, -1 the last."""

    def check(self) -> None:
        """Refuse to mix rows."""
        check_axes(self.axis)

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Keep each vector's factor for backward."""
        shape = single(input_shapes)
        axes = resolve_axes(self.axis, shape)
        self.length = prod(shape[axis - 1] for axis in axes)
        self.means = PartMeans(self, shape, axes)
        self.product = self.add_buffer(None, *shape)
        self.factors, self.shares = (self.add_buffer(None, *self.means.shape) for _ in range(2))
        return (shape,)

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Divide by the length."""
        factors = self.factors.array
        self.means.of(np.square(inputs[0], out=self.product.array), factors)
        np.multiply(factors, self.length, out=factors)
        np.sqrt(factors, out=factors)
        np.maximum(factors, 1.0 / _LARGEST, out=factors)
        np.divide(1.0, factors, out=factors)
        np.multiply(inputs[0], factors, out=outputs[0])

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """What points along the vector is lost: d_x = factor * (d_y - y * sum(d_y * y))."""
        if d_inputs[0] is None:
            return
        d_x, product, factors = d_inputs[0], self.product.array, self.factors.array
        shares = self.means.of(
            np.multiply(d_outputs[0], outputs[0], out=product), self.shares.array
        )
        np.multiply(shares, self.length, out=shares)
        np.subtract(d_outputs[0], np.multiply(outputs[0], shares, out=product), out=d_x)
        np.less(factors, _LARGEST, out=shares, casting="unsafe")
        np.multiply(shares, factors, out=shares)
        np.multiply(d_x, shares, out=d_x)
