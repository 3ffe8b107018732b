"""SimpleRNN: the state is a dense layer's output on the inputs and the state before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from nncli.engine.layers.gates import Gates
from nncli.engine.layers.projection import Sum
from nncli.engine.layers.recurrent import Recurrent
from nncli.engine.types import Call


@dataclass(kw_only=True)
class SimpleRNN(Recurrent):
    """state = activation(inputs @ kernel + state @ recurrent_kernel + bias).

    As keras.layers.SimpleRNN (Elman, 1990).

    Input shape: `(rows, steps, features)`. Output shape: `(rows, units)`, or with
    `return_sequences` `(rows, steps, units)`. With `return_state` the last state follows as
    second output; `inputs: [x, encoder.1]` begins with those of another layer.
    """

    type: Literal["SimpleRNN"] = "SimpleRNN"
    cell: ClassVar[str] = "simple_rnn_cell"

    @property
    def sums(self) -> tuple[Sum, ...]:
        """One for each unit."""
        return ((0, True, True),)

    def build_steps(self, steps: int) -> None:
        """Squash, once."""
        self.squash = Gates(self, self.activation, steps, self.units)

    def advance(self, step: int) -> Iterator[Call]:
        """Activate."""
        yield self.squash.forward, (self.step_sums.array[step], self.states[step + 1])

    def load_factors(self) -> None:
        """d_sum = d_state * slope."""
        self.squash.write_slopes(self.step_sums.array, self.states[1:], self.d_sums.array)

    def recede(self, step: int) -> Iterator[Call]:
        """Multiply."""
        d_sums = self.d_sums.array[step]
        yield np.multiply, (d_sums, self.d_state.array, d_sums)
