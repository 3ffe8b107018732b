"""GRU: a recurrent layer whose state is renewed as far as a gate lets it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar, Literal

import numpy as np

from nncli.engine.activations import Activation, Sigmoid
from nncli.engine.activations.base import ONE
from nncli.engine.layers.gates import Gates
from nncli.engine.layers.projection import Sum
from nncli.engine.layers.recurrent import Recurrent
from nncli.engine.layers.reset_before import ResetBefore
from nncli.engine.types import Array, Call, Shape


@dataclass(kw_only=True)
class GRU(Recurrent):
    """Gated recurrent unit (Cho et al., 2014), as keras.layers.GRU.

    z, r = recurrent_activation(sums), candidate = activation(sum of the inputs + r * sum of the
    state), state = z * state + (1 - z) * candidate.

    Input shape: `(rows, steps, features)`. Output shape: `(rows, units)`, or with
    `return_sequences` `(rows, steps, units)`. With `return_state` the last state follows as
    second output; `inputs: [x, encoder.1]` begins with those of another layer.
    """

    type: Literal["GRU"] = "GRU"
    cell: ClassVar[str] = "gru_cell"
    recurrent_activation: Activation = field(default_factory=Sigmoid)
    """What is applied to the gates."""
    reset_after: bool = True
    """Whether r is multiplied with the state's sum, or with the state before it is summed."""

    @property
    def sums(self) -> tuple[Sum, ...]:
        """The candidate's sum of inputs, z, r, and the candidate's sum of the state."""
        first = ((2, False, True), (0, True, True), (1, True, True))
        return (*first, (2, True, False)) if self.reset_after else first

    def bias_shape(self, width: int) -> Shape:
        """Two biases where there are two sums, of inputs and of the state."""
        return (2, width) if self.reset_after else (width,)

    def build_steps(self, steps: int) -> None:
        """Keep all gates for backward."""
        units, size = self.units, len(self.sums) * self.units
        self.candidates = Gates(self, self.activation, steps, units)
        self.sigmoids = Gates(self, self.recurrent_activation, steps, 2 * units)
        self.gates = self.step_sums
        if self.sigmoids.keeps_inputs or self.candidates.keeps_inputs:
            self.gates = self.add_buffer(steps, size, None)
        self.scratch, self.scratches = (
            self.add_buffer(*shape, None) for shape in ((units,), (steps, units))
        )
        self.reset = None if self.reset_after else ResetBefore(self, steps)

    def start(self) -> None:
        """Load what is summed apart."""
        if self.reset:
            self.reset.load()

    def advance(self, step: int) -> Iterator[Call]:
        """Reset, propose, renew: state = candidate + z * (state before - candidate)."""
        units, scratch = self.units, self.scratch.array
        sums, gates = self.step_sums.array[step], self.gates.array[step]
        candidate, keep, reset = (gates[n * units : (n + 1) * units] for n in range(3))
        before, state = self.states[step : step + 2]
        yield self.sigmoids.forward, (sums[units : 3 * units], gates[units : 3 * units])
        if self.reset:
            yield from self.reset.add_state(step, reset, sums[:units])
        else:
            yield np.multiply, (reset, sums[3 * units :], scratch)
            yield np.add, (sums[:units], scratch, sums[:units])
        yield self.candidates.forward, (sums[:units], candidate)
        yield np.subtract, (before, candidate, scratch)
        yield np.multiply, (keep, scratch, scratch)
        yield np.add, (candidate, scratch, state)

    def load_factors(self) -> None:
        """d_z = d_state * (state before - candidate), d_candidate = d_state * (1 - z),

        d_r = d_candidate * (sum of the state), d_(sum of the state) = d_candidate * r; each times
        the slope of its gate.
        """
        units, sums, d_sums = self.units, self.step_sums.array, self.d_sums.array
        gates = self.gates.array
        candidate, keep, reset = (gates[:, n * units : (n + 1) * units] for n in range(3))
        d_candidate, d_keep, d_reset = (d_sums[:, n * units : (n + 1) * units] for n in range(3))
        both, scratch = slice(units, 3 * units), self.scratches.array
        self.candidates.write_slopes(sums[:, :units], candidate, d_candidate)
        self.sigmoids.write_slopes(sums[:, both], gates[:, both], d_sums[:, both])
        np.multiply(d_candidate, np.subtract(ONE, keep, out=scratch), d_candidate)
        np.multiply(d_keep, np.subtract(self.states[:-1], candidate, out=scratch), d_keep)
        if self.reset:
            np.multiply(d_reset, self.reset.states, d_reset)
        else:
            np.multiply(d_reset, sums[:, 3 * units :], d_reset)
            np.copyto(d_sums[:, 3 * units :], reset)
        if self.masked:
            np.copyto(keep, 1.0, where=self.skipped.array[:, np.newaxis])

    def recede(self, step: int) -> Iterator[Call]:
        """From the state to z and the candidate, from the candidate to r and the state's sum."""
        units, d_sums = self.units, self.d_sums.array[step]
        d_state = self.d_state.array
        d_candidate, d_keep, d_reset, *d_sum_of_state = d_sums.reshape(-1, units, d_sums.shape[-1])
        yield np.multiply, (d_candidate, d_state, d_candidate)
        yield np.multiply, (d_keep, d_state, d_keep)
        if self.reset:
            reset = self.gates.array[step, 2 * units :]
            yield from self.reset.back(step, reset, d_candidate, d_reset)
        else:
            for d_sum in (d_reset, *d_sum_of_state):
                yield np.multiply, (d_sum, d_candidate, d_sum)

    def carry(self, step: int) -> Array:
        """Return z, which is 1 where the step is padding."""
        return self.gates.array[step, self.units : 2 * self.units]

    def weight_gradients(self) -> None:
        """Add what is summed apart."""
        super().weight_gradients()
        if self.reset:
            self.reset.weight_gradient()
