"""The contract of an optimizer: flat vectors in, one update a step, block by block."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import ceil
from typing import ClassVar

import numpy as np

from nncli.engine.component import Component, require, require_finite
from nncli.engine.optimizers.averaging import follow
from nncli.engine.optimizers.clipping import clipper
from nncli.engine.optimizers.squares import Squares
from nncli.engine.parameters import Parameters
from nncli.engine.schedules import Schedule
from nncli.engine.state import Remembering, State
from nncli.engine.types import Array, Arrays

_BLOCK = 49_152
"""Most elements updated at once. Fewer stay in a nearer cache, but each call of numpy costs 1 us or
two: Adam takes 2.0 ns a weight in blocks of 48k, 2.9 in blocks of 16k and 5.3 in blocks of 4k."""


@dataclass(kw_only=True)
class Optimizer(Remembering, Component):
    """Base of all optimizers.

    A member names its slots (one value for each weight, as a momentum) and updates a block of them.
    After `build` its public attributes are all that it remembers from step to step.
    """

    squares_gradients: ClassVar[bool] = False
    """Whether steps use the gradients' squares, by `self._squares.of`."""

    learning_rate: float | Schedule = 0.001
    """The size of a step, or a schedule that says it of each step."""
    weight_decay: float | None = None
    """Each step first takes this times the learning rate off every weight, proportionally."""
    clipnorm: float | None = None
    """The largest norm that a weight's gradient may have; a larger one is scaled down to it."""
    clipvalue: float | None = None
    """The largest size that a number in a gradient may have. An Embedding's are limited once they
    are summed, as in Keras on JAX and torch; on TensorFlow, Keras limits that of every lookup."""
    global_clipnorm: float | None = None
    """The largest norm that all gradients together may have."""
    use_ema: bool = False
    """Whether a moving average of the weights takes their place after training."""
    ema_momentum: float = 0.99
    """How slowly the average forgets."""
    ema_overwrite_frequency: int | None = None
    """After how many steps, again and again, the average takes the weights' place earlier."""
    gradient_accumulation_steps: int | None = None
    """Over how many batches gradients are averaged for one update."""

    def check(self) -> None:
        """Refuse sizes that make no sense, and what can't go together."""
        rate, often = self.learning_rate, self.ema_overwrite_frequency
        if not isinstance(rate, Schedule):
            require_finite("learning_rate", rate)
            require(rate > 0, f"learning_rate must be above 0, got {rate}")
        require_not_negative("weight_decay", self.weight_decay or 0.0)
        clipped = [name for name in _CLIPPING if getattr(self, name) is not None]
        for name in clipped:
            require(getattr(self, name) > 0, f"{name} must be above 0, got {getattr(self, name)}")
        require(len(clipped) < 2, " can't go together with ".join(clipped[1::-1]))
        momentum = self.ema_momentum
        require(0 <= momentum <= 1, f"ema_momentum must be from 0 to 1, got {momentum}")
        require(
            often is None or self.use_ema,
            "ema_overwrite_frequency needs use_ema: true",
        )
        require(
            often is None or often >= 1, f"ema_overwrite_frequency must be at least 1, got {often}"
        )
        steps = self.gradient_accumulation_steps
        require(
            steps is None or steps >= 2,
            f"gradient_accumulation_steps must be at least 2, got {steps}",
        )

    def slot_names(self) -> tuple[str, ...]:
        """Return what is kept for each weight from step to step."""
        return ()

    def build(self, parameters: Parameters) -> None:
        """Make the slots for these parameters, all zero."""
        values = parameters.values
        self._parameters = parameters
        self.batches = self.iterations = 0
        self._rate: Array = np.zeros((), values.dtype)
        if isinstance(self.learning_rate, Schedule):
            self._schedule: Schedule | None = self.learning_rate
            self.set_rate(self.learning_rate.rate(0))
        else:
            self._schedule = None
            self.set_rate(self.learning_rate)
        self.first_rate = self.current_rate
        self.slots = {name: np.zeros_like(values) for name in self.slot_names()}
        squared = self.squares_gradients or self.clipnorm or self.global_clipnorm
        if squared and not (self.gradient_accumulation_steps or self.clipvalue):
            parameters.keep_squares()
        self.divide(1)
        self._clip = clipper(parameters, self.clipnorm, self.global_clipnorm, self.clipvalue)
        self._afterwards: list[Callable[[], None]] = []
        if self.gradient_accumulation_steps:
            self.slots["gradient_accumulator"] = np.zeros_like(values)
        if self.use_ema:
            self.slots["average"] = np.zeros_like(values)
            self._afterwards.append(self._average)
        for weight in parameters.weights.values():
            if weight.constraint is not None:
                self._afterwards.append(partial(weight.constraint.apply, weight.value))

    def divide(self, parts: int) -> None:
        """Get ready to be updated in up to so many parts at once, each by a thread of its own."""
        values, gradients = self._parameters.values, self._parameters.gradients
        count = parts * max(1, ceil(values.size / (parts * _BLOCK)))
        self._block_size = max(1, ceil(values.size / count))
        self._blocks: list[tuple[Array, Array, Arrays]] = []
        for start in range(0, values.size, self._block_size):
            part = slice(start, start + self._block_size)
            slots = tuple(self.slots[name][part] for name in self.slot_names())
            self._blocks.append((values[part], gradients[part], slots))
        self._squares = Squares(self._parameters, [gradients for _, gradients, _ in self._blocks])
        self._scratch: list[Array] = [
            np.empty(self._block_size, values.dtype) for _ in range(parts)
        ]

    def update(self) -> None:
        """Change the parameters by their gradients, which are used up by it."""
        if self.begin_step():
            self.update_part(0, 1)
        if self._afterwards:
            self.end_step()

    @property
    def parameters(self) -> Parameters:
        """What it changes."""
        return self._parameters

    @property
    def needs_all_gradients(self) -> bool:
        """Whether a step begins with work on all gradients, which then must be added up by then."""
        return self._clip is not None or self.gradient_accumulation_steps is not None

    def begin_step(self) -> bool:
        """Count the batch, get its gradients ready; return whether the weights change by them."""
        if self._schedule is not None:
            self.set_rate(self._schedule.rate(self.batches))
        self.batches += 1
        if self.gradient_accumulation_steps and not self._accumulate():
            return False
        self.iterations += 1
        if self._clip is not None:
            self._clip()
        self.prepare()
        return True

    def update_part(self, part: int, parts: int) -> None:
        """Change one of several equal parts of the parameters; any order, any thread will do."""
        count = len(self._blocks)
        decay = 1.0 - (self.weight_decay or 0.0) * self.current_rate
        for number in range(part * count // parts, (part + 1) * count // parts):
            values, gradients, slots = self._blocks[number]
            if decay != 1.0:
                np.multiply(values, decay, values)
            scratch = self._scratch[part]
            if scratch.size != values.size:
                scratch = scratch[: values.size]
            self.step(values, gradients, scratch, slots)

    def end_step(self) -> None:
        """Do what follows every batch, even one that is only accumulated, as in Keras."""
        for touch in self._afterwards:
            touch()

    def finish(self) -> None:
        """Training is over: put the averages in the weights' place, where there are any."""
        if self.use_ema and self.batches:
            np.copyto(self._parameters.values, self.slots["average"])

    def part_slice(self, part: int, parts: int) -> slice:
        """Return where in the flat vectors a part lies."""
        count = len(self._blocks)
        size = self._block_size
        return slice(part * count // parts * size, (part + 1) * count // parts * size)

    def set_rate(self, rate: float) -> None:
        """Change the learning rate from the next step on; a schedule will set its own again."""
        self.current_rate = rate
        self._rate[()] = rate

    @property
    def next_rate(self) -> float:
        """The learning rate of the step to come, which is what Keras's history shows."""
        return self._schedule.rate(self.batches) if self._schedule else self.current_rate

    def load_state(self, state: State) -> None:
        """Go on from there, but by a learning rate that is another one in the config now."""
        own = self.first_rate
        super().load_state(state)
        self.set_rate(self.current_rate if own == self.first_rate else own)
        self.first_rate = own

    def constant(self, value: float) -> Array:
        """Return a number of the formula as an array, which ufuncs take faster than Python's."""
        return np.array(value, self._parameters.values.dtype)

    def prepare(self) -> None:
        """Work out what is the same for all blocks of a step."""

    def step(self, values: Array, gradients: Array, scratch: Array, slots: Arrays) -> None:
        """Update one block; `gradients` and `scratch` may be overwritten."""
        raise NotImplementedError

    def _accumulate(self) -> bool:
        """Add up the gradients; return whether this batch was the last that an update waits for."""
        assert self.gradient_accumulation_steps is not None
        gradients, total = self._parameters.gradients, self.slots["gradient_accumulator"]
        if self.batches % self.gradient_accumulation_steps:
            np.add(total, gradients, total)
            return False
        np.add(gradients, total, gradients)
        np.divide(gradients, self.gradient_accumulation_steps, gradients)
        total.fill(0.0)
        return True

    def _average(self) -> None:
        """Let the averages follow the weights, which they are at first, and go over into them."""
        values, average = self._parameters.values, self.slots["average"]
        number = (self.batches - 1) // (self.gradient_accumulation_steps or 1)
        follow(average, values, self.ema_momentum if number else 0.0, self._scratch[0])
        if self.ema_overwrite_frequency and (number + 1) % self.ema_overwrite_frequency == 0:
            np.copyto(values, average)


_CLIPPING = ("clipnorm", "clipvalue", "global_clipnorm")


def require_fraction(name: str, value: float) -> None:
    """Refuse decay rates and momenta outside 0 <= value < 1."""
    require(0 <= value < 1, f"{name} must be at least 0 and below 1, got {value}")


def require_not_negative(name: str, value: float) -> None:
    """Refuse sizes below 0."""
    require(value >= 0, f"{name} must not be negative, got {value}")
