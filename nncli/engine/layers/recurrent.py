"""What recurrent layers share: the walk over a sequence, its masks, noise and directions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nncli.engine.buffers import Buffer
from nncli.engine.context import Context
from nncli.engine.layers import recurrent_ends as ends
from nncli.engine.layers.projection import Projection, Sum
from nncli.engine.layers.recurrent_config import RecurrentConfig
from nncli.engine.layers.sequence_noise import SequenceNoise
from nncli.engine.layers.shapes import single
from nncli.engine.types import Array, Arrays, Call, Shape


@dataclass(kw_only=True)
class Recurrent(RecurrentConfig):
    """Base of SimpleRNN, LSTM and GRU, which say what happens in a step.

    Inside, arrays are (steps, units, rows); see nncli.engine.layers.gates for the reason. A walk
    over the steps is a list of calls, made once for a number of rows: to find the views of every
    step's gates again would cost a tenth of the time.
    """

    states_held: ClassVar[int] = 1
    """How many states a step hands to the next."""

    @property
    def sums(self) -> tuple[Sum, ...]:
        """What a step adds up, `units` numbers each."""
        raise NotImplementedError

    def build_steps(self, steps: int) -> None:
        """Declare what a step needs beside `step_sums`, which it is given."""
        raise NotImplementedError

    @property
    def beside_state(self) -> tuple[ends.Held, ...]:
        """Return what a member keeps beside the state."""
        return ()

    def start(self) -> None:
        """Set what a member keeps beside the state to zero, before the first step."""

    def advance(self, step: int) -> Iterator[Call]:
        """Yield the calls that write state `step + 1` from the sums."""
        raise NotImplementedError

    def load_factors(self) -> None:
        """Fill `d_sums` with the factors that the gradients are multiplied with, for all steps."""
        raise NotImplementedError

    def recede(self, step: int) -> Iterator[Call]:
        """Yield the calls that multiply `d_sums` with the gradient of state `step + 1`."""
        raise NotImplementedError

    @property
    def sequential_calls(self) -> int:
        """A product a step, forward and back."""
        return 2 * self.input_shapes[0][0]

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Declare the weights, and the buffers of the walk."""
        steps, features = single(input_shapes[:1], rank=2, axes="(steps, features)")
        self.begins = ends.begins_with_states(input_shapes[1:], self.states_held, self.units)
        units, rate = self.units, self.recurrent_dropout
        self.declare_weights(features, gates=1 + max(gate for gate, *_ in self.sums))
        copies = len(self.sums) if rate else 1
        self.projection = Projection(
            self,
            steps=steps,
            sums=self.sums,
            weights=(self.kernel, self.recurrent_kernel, self.bias),
            copies=copies,
        )
        self.input_noise = SequenceNoise(self, "dropout", self.dropout, copies, features)
        self.state_noise = SequenceNoise(self, "recurrent_dropout", rate, copies, units)
        size = len(self.sums) * units
        self.step_sums, self.d_sums = (self.add_buffer(steps, size, None) for _ in range(2))
        self.whole_states = self.add_buffer(steps + 1, units, None)
        self.d_steps = self.add_buffer(steps, units, None)
        self.d_state, self.d_carried = (self.add_buffer(units, None) for _ in range(2))
        self.skipped, self.not_yet = (self.add_buffer(steps, None, dtype=bool) for _ in range(2))
        self.kept = self.add_buffer(steps, None)
        self.build_steps(steps)
        self._walk_of: Array | None = None
        output = (steps, units) if self.return_sequences else (units,)
        self.watch_activity(self.activity_regularizer, output)
        return (output, *self.states_held * [(units,)]) if self.return_state else (output,)

    def output_mask(self) -> Buffer | None:
        """Pass the mask on where there still are steps."""
        return self.input_masks[0] if self.return_sequences else None

    def output_masks(self) -> tuple[Buffer | None, ...]:
        """States have no steps."""
        return (self.output_mask(), *(len(self.output_shapes) - 1) * [None])

    @property
    def masked(self) -> bool:
        """Whether steps may be padding: there the state stays as it is."""
        return self.input_masks[0] is not None

    @property
    def states(self) -> Array:
        """The states before and after each step, (steps + 1, units, rows)."""
        return self.whole_states.array if self.recurrent_dropout else self.projection.states[:, 0]

    @property
    def held(self) -> tuple[ends.Held, ...]:
        """The state, and what a member keeps beside it."""
        return (ends.Held(self.states, self.d_state.array), *self.beside_state)

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Walk over the steps."""
        self._prepare_walks()
        self._load_mask()
        noise = self.input_noise if self.dropout and context.training else None
        if noise:
            noise.draw(training=True)
        if self.recurrent_dropout:
            self.state_noise.draw(training=context.training)
            self.states[0] = 0.0
        self.projection.load(
            self._in_order(inputs[0].transpose(1, 2, 0)), noise.array if noise else None
        )
        self.start()
        if self.begins:
            ends.load_first(self.held, inputs[1:])
            if self.recurrent_dropout:
                np.multiply(self.states[0], self.state_noise.array, self.projection.states[0])
        for run, arguments in self._forward:
            run(*arguments)
        states = self.states[1:] if self.return_sequences else self.states[-1]
        np.copyto(outputs[0], np.moveaxis(states, -1, 0))
        self._hide_skipped(outputs[0])
        if self.return_state:
            ends.write_last(self.held, outputs[1:])
        if self.activity:
            self.activity.forward(outputs[0])

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """Walk back: the gradient of a state comes from its output and from the step after it.

        Sums depend on the state before them alone, so their slopes are worked out for all steps
        beforehand (`load_factors`); in a step they are only multiplied by the state's gradient.
        Gradients of weights and inputs are not recurrent: they follow after the walk, at once.
        """
        projection, d_sums = self.projection, self.d_sums.array
        if self.activity:
            self.activity.backward(outputs[0], d_outputs[0], context)
        self._hide_skipped(d_outputs[0])
        self.load_factors()
        if self.masked:
            np.copyto(d_sums, 0.0, where=self.skipped.array[:, np.newaxis])
        if self.return_sequences:
            np.copyto(self.d_steps.array, d_outputs[0].transpose(1, 2, 0))
            self.d_state.array.fill(0.0)
        else:
            np.copyto(self.d_state.array, d_outputs[0].T)
        if self.return_state:
            ends.add_last_gradients(self.held, d_outputs[1:])
        for run, arguments in self._backward:
            run(*arguments)
        if self.begins:
            ends.write_first_gradients(self.held, d_inputs[1:])
        self.weight_gradients()
        if d_inputs[0] is not None:
            noise = self.input_noise.array if self.dropout else None
            gradient = self._in_order(projection.input_gradient(d_sums, noise))
            np.copyto(d_inputs[0], gradient.transpose(2, 0, 1))

    def weight_gradients(self) -> None:
        """Set the gradients of the weights, from all steps at once."""
        self.projection.weight_gradients(self.d_sums.array)

    def carry(self, step: int) -> Array | None:
        """Return what part of a new state is the old one as it was; None where nothing is."""
        return self.kept.array[step] if self.masked else None

    def keep_skipped(self, state: Array, before: Array, step: int) -> Call:
        """Return the call that puts the state before a padded step in place of the one after."""
        return np.copyto, (state, before, "same_kind", self.skipped.array[step])

    def _in_order(self, steps: Array) -> Array:
        return steps[::-1] if self.go_backwards else steps

    def _hide_skipped(self, outputs: Array) -> None:
        """Put zeros in place of the outputs at padded steps, where the config wants them."""
        if self.masked and self.return_sequences and self.zero_output_for_mask:
            np.copyto(outputs, 0.0, where=self.skipped.array.T[..., np.newaxis])
        elif self.masked and self.begins:
            ends.hide_not_begun(outputs, self.skipped.array, self.not_yet.array)

    def _load_mask(self) -> None:
        mask = self.input_masks[0]
        if mask is not None:
            np.logical_not(self._in_order(mask.array.T), out=self.skipped.array)
            np.copyto(self.kept.array, self.skipped.array)

    def _prepare_walks(self) -> None:
        """List the calls anew whenever the buffers have been bound to another number of rows."""
        operands = self.projection.operands.array
        if self._walk_of is not operands:
            self._walk_of = operands
            steps = range(len(operands) - 1)
            self._forward = [call for step in steps for call in self._step(step)]
            self._backward = [call for step in reversed(steps) for call in self._step_back(step)]

    def _step(self, step: int) -> Iterator[Call]:
        before, state = self.states[step : step + 2]
        yield self.projection.multiply(step, self.step_sums.array[step])
        yield from self.advance(step)
        if self.masked:
            yield self.keep_skipped(state, before, step)
        if self.recurrent_dropout:
            noisy = self.projection.states[step + 1]
            yield np.multiply, (state, self.state_noise.array, noisy)

    def _step_back(self, step: int) -> Iterator[Call]:
        d_state, d_carried, carried = self.d_state.array, self.d_carried.array, self.carry(step)
        if self.return_sequences:
            yield np.add, (d_state, self.d_steps.array[step], d_state)
        if carried is not None:
            yield np.multiply, (carried, d_state, d_carried)
        yield from self.recede(step)
        if step == 0 and not self.begins:  # the first state is zero, whatever its gradient
            return
        noise = self.state_noise.array if self.recurrent_dropout else None
        yield from self.projection.multiply_back(self.d_sums.array[step], noise, d_state)
        if carried is not None:
            yield np.add, (d_state, d_carried, d_state)
