"""Layers that make one value of several, number by number: Add and its kin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.buffers import Buffer
from nncli.engine.context import Context
from nncli.engine.layers.base import Layer
from nncli.engine.layers.shapes import batched
from nncli.engine.types import Array, Arrays, Shape
from nncli.errors import ShapeError


def require_several(input_shapes: tuple[Shape, ...]) -> None:
    """Refuse a single input.

    Raises:
        ShapeError: which says how to name several.
    """
    if len(input_shapes) < 2:
        raise ShapeError("expected at least two inputs; name them, as in inputs: [a, b]")


@dataclass(kw_only=True)
class Merge(Layer):
    """Base: the last axes of all inputs fit each other, where 1 fits every size, as in numpy."""

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Return the shape that all inputs fit; keep a mask where all have one.

        Raises:
            ShapeError: if they don't fit each other.
        """
        require_several(input_shapes)
        try:
            output: Shape = np.broadcast_shapes(*input_shapes)
        except ValueError:
            shapes = ", ".join(batched(shape) for shape in input_shapes)
            raise ShapeError(f"expected inputs of the same shape, got {shapes}") from None
        self.spread = [(1,) * (len(output) - len(shape)) + shape for shape in input_shapes]
        masks = [mask for mask in self.input_masks if mask]
        self.mask = None
        if masks and len(masks) == len(self.input_masks):
            steps = np.broadcast_shapes(*(mask.shape_for(1) for mask in masks))[1:]
            self.mask = self.add_buffer(None, *steps, dtype=bool)
        self.d_part = self.add_buffer(None, *output)
        self.build_scratch(output)
        return (output,)

    def build_scratch(self, shape: Shape) -> None:
        """Declare what a member needs for outputs of (rows, *shape)."""

    def output_mask(self) -> Buffer | None:
        """A step counts if it does in any input; without a mask on each of them all do."""
        return self.mask

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Merge from left to right."""
        if self.mask:
            self.mask.array.fill(False)
            for mask in self.input_masks:
                assert mask is not None
                np.logical_or(self.mask.array, mask.array, out=self.mask.array)
        inputs = self._of_one_rank(inputs)
        np.copyto(outputs[0], inputs[0])
        for number, value in enumerate(inputs[1:], start=1):
            self.merge(outputs[0], value, number)

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """Give each input its part, summed over the axes in which it was repeated."""
        inputs = self._of_one_rank(inputs)
        for number, d_input in enumerate(d_inputs):
            if d_input is not None:
                d_part = self.d_part.array
                self.gradient(number, inputs, outputs[0], d_outputs[0], d_part)
                d_spread = d_input.reshape(-1, *self.spread[number])
                repeated = tuple(
                    axis for axis, size in enumerate(d_spread.shape) if size < d_part.shape[axis]
                )
                np.sum(d_part, axis=repeated, keepdims=True, out=d_spread)

    def _of_one_rank(self, inputs: Arrays) -> Arrays:
        """Return inputs that have fewer axes than others with axes of size 1 behind the rows."""
        return tuple(
            value if value.ndim == len(shape) + 1 else value.reshape(-1, *shape)
            for value, shape in zip(inputs, self.spread, strict=True)
        )

    def merge(self, total: Array, value: Array, number: int) -> None:
        """Take one more input into the total, in place."""
        raise NotImplementedError

    def gradient(
        self, number: int, inputs: Arrays, output: Array, d_output: Array, d_part: Array
    ) -> None:
        """Write the gradient of an input, in the shape of the output."""
        raise NotImplementedError


@dataclass(kw_only=True)
class Add(Merge):
    """The sum of the inputs, as keras.layers.Add.

    Input shape: several of one shape. Output shape: the same.
    """

    type: Literal["Add"] = "Add"

    def merge(self, total: Array, value: Array, number: int) -> None:
        """Add."""
        np.add(total, value, out=total)

    def gradient(
        self, number: int, inputs: Arrays, output: Array, d_output: Array, d_part: Array
    ) -> None:
        """All of it."""
        np.copyto(d_part, d_output)


@dataclass(kw_only=True)
class Subtract(Merge):
    """The first of two inputs less the second, as keras.layers.Subtract.

    Input shape: several of one shape. Output shape: the same.
    """

    type: Literal["Subtract"] = "Subtract"

    def build_scratch(self, shape: Shape) -> None:
        """Refuse more than two."""
        if len(self.input_shapes) != 2:
            raise ShapeError(f"expected two inputs, got {len(self.input_shapes)}")

    def merge(self, total: Array, value: Array, number: int) -> None:
        """Subtract."""
        np.subtract(total, value, out=total)

    def gradient(
        self, number: int, inputs: Arrays, output: Array, d_output: Array, d_part: Array
    ) -> None:
        """All of it, with the opposite sign for the second."""
        np.multiply(d_output, -1.0 if number else 1.0, out=d_part)


@dataclass(kw_only=True)
class Average(Merge):
    """The mean of the inputs, as keras.layers.Average.

    Input shape: several of one shape. Output shape: the same.
    """

    type: Literal["Average"] = "Average"

    def merge(self, total: Array, value: Array, number: int) -> None:
        """Add, and divide after the last."""
        np.add(total, value, out=total)
        if number == len(self.input_shapes) - 1:
            np.multiply(total, 1.0 / len(self.input_shapes), out=total)

    def gradient(
        self, number: int, inputs: Arrays, output: Array, d_output: Array, d_part: Array
    ) -> None:
        """Its share."""
        np.multiply(d_output, 1.0 / len(inputs), out=d_part)


@dataclass(kw_only=True)
class Multiply(Merge):
    """The product of the inputs, as keras.layers.Multiply.

    Input shape: several of one shape. Output shape: the same.
    """

    type: Literal["Multiply"] = "Multiply"

    def merge(self, total: Array, value: Array, number: int) -> None:
        """Multiply."""
        np.multiply(total, value, out=total)

    def gradient(
        self, number: int, inputs: Arrays, output: Array, d_output: Array, d_part: Array
    ) -> None:
        """Times the product of the others."""
        np.copyto(d_part, d_output)
        for other, value in enumerate(inputs):
            if other != number:
                np.multiply(d_part, value, out=d_part)
