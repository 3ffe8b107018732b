"""Dot: the products of two inputs, summed along an axis of each."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Literal

import numpy as np

from nncli.engine.component import require
from nncli.engine.context import Context
from nncli.engine.layers.axes import resolve_axes
from nncli.engine.layers.base import Layer
from nncli.engine.layers.shapes import batched
from nncli.engine.layers.unit_vectors import UnitVectors
from nncli.engine.types import Array, Arrays, Shape
from nncli.errors import ShapeError


@dataclass(kw_only=True)
class Dot(Layer):
    """Multiplies two inputs row by row, as matrices, as keras.layers.Dot.

    Input shape: two, with axes of the same size. Output shape: the sizes of the first and of the
    second without those axes; `(rows, 1)` if nothing is left.
    """

    type: Literal["Dot"] = "Dot"
    axes: int | tuple[int, ...]
    """The axis that is summed over, or one for each input; 1 is the first after the rows."""
    normalize: bool = False
    """Whether vectors along the axes are brought to length 1 first, which makes it a cosine."""

    def check(self) -> None:
        """Refuse to mix rows, and other numbers of axes."""
        axes = self.axes if isinstance(self.axes, tuple) else (self.axes,) * 2
        require(len(axes) == 2, f"axes must be one, or one for each of two inputs, got {len(axes)}")
        require(0 not in axes, "axes must not be 0, which is that of the rows")

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Make room for both inputs as matrices, (rows, rest, axis) and (rows, axis, rest).

        Raises:
            ShapeError: if there aren't two inputs, or their axes don't fit.
        """
        if len(input_shapes) != 2:
            raise ShapeError(f"expected two inputs, as in inputs: [a, b], got {len(input_shapes)}")
        given = self.axes if isinstance(self.axes, tuple) else (self.axes,) * 2
        self.along = [
            resolve_axes(axis, shape)[0] for axis, shape in zip(given, input_shapes, strict=True)
        ]
        sizes = [shape[axis - 1] for axis, shape in zip(self.along, input_shapes, strict=True)]
        if sizes[0] != sizes[1]:
            raise ShapeError(
                f"expected axes of the same size, got {sizes[0]} and {sizes[1]}: axes {self.axes} "
                f"of {batched(input_shapes[0])} and {batched(input_shapes[1])}"
            )
        rests = [
            (*shape[: axis - 1], *shape[axis:])
            for axis, shape in zip(self.along, input_shapes, strict=True)
        ]
        (size, _), (rows, columns) = sizes, map(prod, rests)
        self.left, self.d_left = (self.add_buffer(None, rows, size) for _ in range(2))
        self.right, self.d_right = (self.add_buffer(None, size, columns) for _ in range(2))
        self.places = [(*rests[0], size), (size, *rests[1])]
        self.units: list[UnitVectors] = []
        if self.normalize:
            self.units = [
                UnitVectors(self, (rows, size), (2,), largest=1e7),
                UnitVectors(self, (size, columns), (1,), largest=1e7),
            ]
        return ((*rests[0], *rests[1]) or (1,),)

    def output_mask(self) -> None:
        """Drop the masks, as Keras does."""

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Lay out, normalize, multiply."""
        left, right = self.left.array, self.right.array
        for values, laid_out in zip(inputs, self._as_inputs(left, right), strict=True):
            np.copyto(laid_out, values)
        for unit, matrix in zip(self.units, (left, right), strict=False):
            unit.forward(matrix, matrix)
        np.matmul(left, right, out=self._as_matrix(outputs[0]))

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """d_left = d_product @ rightᵀ, d_right = leftᵀ @ d_product."""
        left, right, d_product = self.left.array, self.right.array, self._as_matrix(d_outputs[0])
        d_left, d_right = self.d_left.array, self.d_right.array
        np.matmul(d_product, right.transpose(0, 2, 1), out=d_left)
        np.matmul(left.transpose(0, 2, 1), d_product, out=d_right)
        for unit, matrix, d_matrix in zip(
            self.units, (left, right), (d_left, d_right), strict=False
        ):
            unit.backward(matrix, d_matrix, d_matrix)
        for d_input, laid_out in zip(d_inputs, self._as_inputs(d_left, d_right), strict=True):
            if d_input is not None:
                np.copyto(d_input, laid_out)

    def _as_inputs(self, left: Array, right: Array) -> tuple[Array, Array]:
        """Return both matrices seen in the shapes of the inputs."""
        first = left.reshape(-1, *self.places[0])
        second = right.reshape(-1, *self.places[1])
        return np.moveaxis(first, -1, self.along[0]), np.moveaxis(second, 1, self.along[1])

    def _as_matrix(self, product: Array) -> Array:
        """Return the output seen as (rows, rest of the first, rest of the second)."""
        return product.reshape(len(product), self.left.array.shape[1], self.right.array.shape[2])
