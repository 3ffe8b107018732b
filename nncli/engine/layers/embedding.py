"""Embedding: a learned vector for each number."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from nncli.engine.buffers import Buffer
from nncli.engine.component import require
from nncli.engine.constraints import Constraint
from nncli.engine.context import Context
from nncli.engine.initializers import Initializer, RandomUniform
from nncli.engine.layers.base import Layer
from nncli.engine.layers.shapes import single
from nncli.engine.regularizers import Regularizer
from nncli.engine.types import Array, Arrays, Shape
from nncli.errors import DataError


@dataclass(kw_only=True)
class Embedding(Layer):
    """Looks each number up in a table of vectors, as keras.layers.Embedding.

    Reads an Input of dtype int32: numbers of tokens or categories, 0 <= number < input_dim.

    Input shape: `(rows, ...)`. Output shape: `(rows, ..., output_dim)`.
    """

    type: Literal["Embedding"] = "Embedding"
    input_dim: int
    """How many numbers there are."""
    output_dim: int
    """How long each vector is."""
    embeddings_initializer: Initializer = field(default_factory=RandomUniform)
    """How the vectors, (input_dim, output_dim), start."""
    embeddings_regularizer: Regularizer | None = None
    """What the vectors' size adds to the loss."""
    embeddings_constraint: Constraint | None = None
    """What the vectors are held to after every step."""
    mask_zero: bool = False
    """Whether 0 stands for padding, which recurrent layers, losses and metrics then leave out."""

    def check(self) -> None:
        """Refuse empty tables."""
        require(self.input_dim >= 1, f"input_dim must be at least 1, got {self.input_dim}")
        require(self.output_dim >= 1, f"output_dim must be at least 1, got {self.output_dim}")

    @property
    def reads_integers(self) -> bool:
        """Floats would be exact for the first 16 million numbers only."""
        return True

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Declare the table."""
        shape = single(input_shapes)
        table = (self.input_dim, self.output_dim)
        self.embeddings = self.declare(
            "embeddings",
            table,
            self.embeddings_initializer,
            regularizer=self.embeddings_regularizer,
            constraint=self.embeddings_constraint,
        )
        self.embeddings.summed = self.embeddings_regularizer is None  # else Keras adds up first
        self.numbers = self.add_buffer(None, *shape, dtype=np.intp)
        self.places = self.add_buffer(None, *shape, self.output_dim, dtype=np.intp)
        self.columns = np.arange(self.output_dim)
        self.mask = self.add_buffer(None, *shape, dtype=bool) if self.mask_zero else None
        return ((*shape, self.output_dim),)

    def output_mask(self) -> Buffer | None:
        """Return where the numbers aren't 0."""
        return self.mask

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Look up.

        Raises:
            DataError: for a number that isn't in the table.
        """
        numbers = self.numbers.array
        np.copyto(numbers, inputs[0], casting="unsafe")
        if numbers.view(np.uintp).max() >= self.input_dim:  # negative ones are large there
            wrong = numbers[(numbers < 0) | (numbers >= self.input_dim)][0]
            raise DataError(
                f"layer {self.name!r} has vectors for the numbers 0 to {self.input_dim - 1}, "
                f"but the data hold {wrong}; input_dim must be above the largest number"
            )
        self.embeddings.value.take(numbers, 0, outputs[0], "clip")  # "raise" would copy first
        if self.mask:
            np.not_equal(inputs[0], 0, out=self.mask.array)

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """A vector's gradient is the sum of those of the places where it was looked up."""
        places, d_output = self.places.array, d_outputs[0]
        np.multiply(self.numbers.array[..., np.newaxis], self.output_dim, out=places)
        np.add(places, self.columns, out=places)
        self._add_up(d_output, self.embeddings.gradient)
        if self.embeddings.squares is not None:
            self._add_up(np.square(d_output, out=d_output), self.embeddings.squares)

    def _add_up(self, values: Array, table: Array) -> None:
        """Add what the places say, number by number: on rows np.add.at is five times slower."""
        table.fill(0.0)
        np.add.at(table.reshape(-1), self.places.array.reshape(-1), values.reshape(-1))
