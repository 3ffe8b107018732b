"""Permute and RepeatVector: a row's axes in another order, or a vector once for each step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.component import require
from nncli.engine.context import Context
from nncli.engine.layers.base import Layer
from nncli.engine.layers.shapes import single
from nncli.engine.types import Array, Arrays, Shape


@dataclass(kw_only=True)
class Permute(Layer):
    """Puts the axes of each row in another order, as keras.layers.Permute.

    Input shape: any. Output shape: its sizes in the order of `dims`.
    """

    type: Literal["Permute"] = "Permute"
    dims: tuple[int, ...]
    """Which axis comes first, second, ...; they count from 1, so `[2, 1]` swaps the two of a
    sequence."""

    def check(self) -> None:
        """Refuse what is no order of axes."""
        require(
            sorted(self.dims) == list(range(1, len(self.dims) + 1)) and bool(self.dims),
            f"dims must hold each number from 1 to that of the axes once, got {list(self.dims)}",
        )

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Work out the order, with the rows, and the way back."""
        count = len(self.dims)
        shape = single(input_shapes, rank=count, axes=f"(as many as dims {list(self.dims)})")
        self.order = (0, *self.dims)
        self.back = tuple(self.order.index(axis) for axis in range(count + 1))
        return (tuple(shape[axis - 1] for axis in self.dims),)

    def output_mask(self) -> None:
        """Drop the mask, as Keras does: the steps may be anywhere."""

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Copy to the new places."""
        np.copyto(outputs[0], inputs[0].transpose(self.order))

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """Copy back."""
        if d_inputs[0] is not None:
            np.copyto(d_inputs[0], d_outputs[0].transpose(self.back))


@dataclass(kw_only=True)
class RepeatVector(Layer):
    """Makes a sequence of one vector, `n` times the same, as keras.layers.RepeatVector.

    Input shape: `(rows, features)`. Output shape: `(rows, n, features)`.
    """

    type: Literal["RepeatVector"] = "RepeatVector"
    n: int
    """How many steps the sequence has."""

    def check(self) -> None:
        """Refuse empty sequences."""
        require(self.n >= 1, f"n must be at least 1, got {self.n}")

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Return the shape of the sequence."""
        (features,) = single(input_shapes, rank=1, axes="(features)")
        return ((self.n, features),)

    def output_mask(self) -> None:
        """There were no steps before."""

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Copy to every step."""
        np.copyto(outputs[0], inputs[0][:, np.newaxis])

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """Add up what all steps say."""
        if d_inputs[0] is not None:
            np.add.reduce(d_outputs[0], axis=1, out=d_inputs[0])
