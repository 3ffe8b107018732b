"""Concatenate: several inputs side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.buffers import Buffer
from nncli.engine.component import require
from nncli.engine.context import Context
from nncli.engine.layers.base import Layer
from nncli.engine.layers.merging import require_several
from nncli.engine.layers.shapes import batched
from nncli.engine.types import Array, Arrays, Shape
from nncli.errors import ShapeError


@dataclass(kw_only=True)
class Concatenate(Layer):
    """Joins inputs along an axis, as keras.layers.Concatenate.

    Input shape: several, alike but for the axis. Output shape: the same with the sizes added.
    """

    type: Literal["Concatenate"] = "Concatenate"
    axis: int = -1
    """The axis, counted with that of the rows, which is 0; -1 is the last."""

    def check(self) -> None:
        """Refuse to join rows."""
        require(self.axis != 0, "axis must not be 0, which is that of the rows")

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Add the sizes up.

        Raises:
            ShapeError: if the inputs differ elsewhere too, or don't have the axis.
        """
        require_several(input_shapes)
        rank = len(input_shapes[0]) + 1
        if not -rank < self.axis < rank:
            raise ShapeError(f"inputs of {rank} axes have no axis {self.axis}")
        self.along = self.axis % rank
        others = {(*shape[: self.along - 1], *shape[self.along :]) for shape in input_shapes}
        if len(others) > 1 or len({len(shape) for shape in input_shapes}) > 1:
            shapes = ", ".join(batched(shape) for shape in input_shapes)
            raise ShapeError(f"expected inputs alike but for axis {self.axis}, got {shapes}")
        output = list(input_shapes[0])
        output[self.along - 1] = sum(shape[self.along - 1] for shape in input_shapes)
        self.mask = None
        if any(self.input_masks):
            self.mask = self.add_buffer(None, *output[:-1], dtype=bool)
        return (tuple(output),)

    def output_mask(self) -> Buffer | None:
        """Join the masks too, where any input has one; those without count everywhere."""
        return self.mask

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Copy each to its place."""
        for value, place in zip(inputs, self._places(outputs[0]), strict=True):
            np.copyto(place, value)
        if self.mask:
            self._join_masks(self.mask.array)

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """Copy each from its place."""
        for d_input, place in zip(d_inputs, self._places(d_outputs[0]), strict=True):
            if d_input is not None:
                np.copyto(d_input, place)

    def _places(self, array: Array) -> Iterator[Array]:
        start = 0
        for shape in self.input_shapes:
            stop = start + shape[self.along - 1]
            yield array[(slice(None),) * self.along + (slice(start, stop),)]
            start = stop

    def _join_masks(self, joined: Array) -> None:
        """Side by side along the steps; else a step counts if it does in any input."""
        along_steps = self.along < joined.ndim
        joined.fill(False)
        places = self._places(joined) if along_steps else [joined] * len(self.input_masks)
        for mask, place in zip(self.input_masks, places, strict=True):
            np.logical_or(place, True if mask is None else mask.array, out=place)
