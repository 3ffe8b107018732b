"""LSTM: a recurrent layer that keeps a cell, which gates let it forget, add to and read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar, Literal

import numpy as np

from nncli.engine.activations import Activation, Sigmoid
from nncli.engine.initializers import Initializer
from nncli.engine.layers.gates import Gates
from nncli.engine.layers.projection import Sum
from nncli.engine.layers.recurrent import Recurrent
from nncli.engine.layers.recurrent_ends import Held
from nncli.engine.types import Array, Call, Shape


@dataclass(kw_only=True)
class LSTM(Recurrent):
    """Long short-term memory (Hochreiter and Schmidhuber, 1997), as keras.layers.LSTM.

    i, f, o = recurrent_activation(sums), g = activation(sum), cell = f * cell + i * g,
    state = o * activation(cell).

    Input shape: `(rows, steps, features)`. Output shape: `(rows, units)`, or with
    `return_sequences` `(rows, steps, units)`. With `return_state` state and cell follow as
    second and third output; `inputs: [x, encoder.1, encoder.2]` begins with those of another layer.
    """

    type: Literal["LSTM"] = "LSTM"
    cell: ClassVar[str] = "lstm_cell"
    states_held: ClassVar[int] = 2
    recurrent_activation: Activation = field(default_factory=Sigmoid)
    """What is applied to the gates."""
    unit_forget_bias: bool = True
    """Whether the forget gate's bias starts at 1."""

    @property
    def sums(self) -> tuple[Sum, ...]:
        """o i f g, where Keras has i f g o: the three that change the cell stand together."""
        return tuple((gate, True, True) for gate in (3, 0, 1, 2))

    def first_bias(self) -> Initializer:
        """Let the forget gate start open."""
        others = self.bias_initializer
        return _ForgetBias(type="", others=others) if self.unit_forget_bias else others

    def build_steps(self, steps: int) -> None:
        """Keep all gates and cells for backward."""
        units = self.units
        self.sigmoids = Gates(self, self.recurrent_activation, steps, 3 * units)
        self.candidate = Gates(self, self.activation, steps, units)
        self.squash = Gates(self, self.activation, steps, units)
        self.gates = self.step_sums
        if self.sigmoids.keeps_inputs or self.candidate.keeps_inputs:
            self.gates = self.add_buffer(steps, 4 * units, None)
        self.cells = self.add_buffer(steps + 1, units, None)
        self.squashed, self.slopes = (self.add_buffer(steps, units, None) for _ in range(2))
        self.addition, self.d_cell = (self.add_buffer(units, None) for _ in range(2))

    @property
    def beside_state(self) -> tuple[Held, ...]:
        """The cell."""
        return (Held(self.cells.array, self.d_cell.array),)

    def start(self) -> None:
        """Empty the cell."""
        self.cells.array[0] = 0.0

    def advance(self, step: int) -> Iterator[Call]:
        """Forget, add, read."""
        sums, gates, border = self.step_sums.array[step], self.gates.array[step], 3 * self.units
        output, addition, forget, candidate = gates.reshape(4, self.units, -1)
        before, cell = self.cells.array[step : step + 2]
        squashed, added = self.squashed.array[step], self.addition.array
        yield self.sigmoids.forward, (sums[:border], gates[:border])
        yield self.candidate.forward, (sums[border:], gates[border:])
        yield np.multiply, (forget, before, cell)
        yield np.multiply, (addition, candidate, added)
        yield np.add, (cell, added, cell)
        if self.masked:
            yield self.keep_skipped(cell, before, step)
        yield self.squash.forward, (cell, squashed)
        yield np.multiply, (output, squashed, self.states[step + 1])

    def load_factors(self) -> None:
        """d_o = d_state * squash(cell), and with d_cell that of the cell after the step

        d_i = d_cell * g, d_f = d_cell * (cell before), d_g = d_cell * i, where d_cell +=
        d_state * o * squash'(cell); each times the slope of its gate.
        """
        units, border = self.units, 3 * self.units
        sums, gates, d_sums = self.step_sums.array, self.gates.array, self.d_sums.array
        output, addition, forget, candidate = _four(gates, units)
        cells, squashed, slopes = self.cells.array, self.squashed.array, self.slopes.array
        self.sigmoids.write_slopes(sums[:, :border], gates[:, :border], d_sums[:, :border])
        self.candidate.write_slopes(sums[:, border:], gates[:, border:], d_sums[:, border:])
        for factor, value in zip(
            _four(d_sums, units), (squashed, candidate, cells[:-1], addition), strict=True
        ):
            np.multiply(factor, value, factor)
        self.squash.write_slopes(cells[1:], squashed, slopes)
        np.multiply(slopes, output, slopes)
        if self.masked:
            skipped = self.skipped.array[:, np.newaxis]
            np.copyto(slopes, 0.0, where=skipped)
            np.copyto(forget, 1.0, where=skipped)
        self.d_cell.array.fill(0.0)

    def recede(self, step: int) -> Iterator[Call]:
        """From the state to the cell, from the cell to the gates and to the cell before."""
        d_sums, slope = self.d_sums.array[step], self.slopes.array[step]
        d_output, *d_others = d_sums.reshape(4, self.units, -1)
        forget = self.gates.array[step, 2 * self.units : 3 * self.units]
        d_state, d_cell = self.d_state.array, self.d_cell.array
        yield np.multiply, (d_output, d_state, d_output)
        yield np.multiply, (slope, d_state, slope)
        yield np.add, (d_cell, slope, d_cell)
        for d_gate in d_others:  # each by itself: to broadcast d_cell would take 1.5 us longer
            yield np.multiply, (d_gate, d_cell, d_gate)
        yield np.multiply, (d_cell, forget, d_cell)


def _four(gates: Array, units: int) -> tuple[Array, ...]:
    return tuple(gates[:, start : start + units] for start in range(0, 4 * units, units))


@dataclass(kw_only=True)
class _ForgetBias(Initializer):
    """Ones for the second of four gates; it belongs to the layer, so no config can name it."""

    type: str
    others: Initializer

    def draw(self, shape: Shape, generator: np.random.Generator) -> Array:
        """Draw the other gates' as the layer says."""
        units = shape[0] // 4
        before, after = (self.others.draw((size,), generator) for size in (units, 2 * units))
        return np.concatenate([before, np.ones(units), after])
