"""The contract of an optimizer: flat vectors in, one update a step, block by block."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nncli.engine.component import Component, require, require_finite
from nncli.engine.parameters import Parameters
from nncli.engine.types import Array, Arrays

_BLOCK = 16_384
"""Elements updated at once: few enough that values, gradients and slots stay in the cache."""


@dataclass(kw_only=True)
class Optimizer(Component):
    """Base of all optimizers.

    A member names its slots (one value for each weight, as a momentum) and updates a block of them.
    """

    learning_rate: float = 0.001
    """The size of a step."""
    weight_decay: float | None = None
    """Each step first takes this times the learning rate off every weight, proportionally."""

    def check(self) -> None:
        """Refuse rates that aren't positive."""
        require_finite("learning_rate", self.learning_rate)
        require(self.learning_rate > 0, f"learning_rate must be above 0, got {self.learning_rate}")
        require(
            self.weight_decay is None or self.weight_decay >= 0,
            f"weight_decay must not be negative, got {self.weight_decay}",
        )

    def slot_names(self) -> tuple[str, ...]:
        """Return what is kept for each weight from step to step."""
        return ()

    def build(self, parameters: Parameters) -> None:
        """Make the slots for these parameters, all zero."""
        values = parameters.values
        self.parameters = parameters
        self.iterations = 0
        self.current_rate = self.learning_rate
        self.slots = {name: np.zeros_like(values) for name in self.slot_names()}
        self._scratch: list[Array] = []
        self._blocks: list[tuple[Array, Array, Arrays]] = []
        for start in range(0, values.size, _BLOCK):
            part = slice(start, start + _BLOCK)
            slots = tuple(slot[part] for slot in self.slots.values())
            self._blocks.append((values[part], parameters.gradients[part], slots))
        self.divide(1)

    def divide(self, parts: int) -> None:
        """Get ready to be updated in up to so many parts at once, each by a thread of its own."""
        self._scratch = [np.empty_like(self.parameters.values[:_BLOCK]) for _ in range(parts)]

    def update(self) -> None:
        """Change the parameters by their gradients, which are used up by it."""
        self.begin_step()
        self.update_part(0, 1)

    def begin_step(self) -> None:
        """Count the step and work out what is the same for all of it."""
        self.iterations += 1
        self.prepare()

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

    def part_slice(self, part: int, parts: int) -> slice:
        """Return where in the flat vectors a part lies."""
        count = len(self._blocks)
        return slice(part * count // parts * _BLOCK, (part + 1) * count // parts * _BLOCK)

    def prepare(self) -> None:
        """Work out what is the same for all blocks of a step."""

    def step(self, values: Array, gradients: Array, scratch: Array, slots: Arrays) -> None:
        """Update one block; `gradients` and `scratch` may be overwritten."""
        raise NotImplementedError


def require_fraction(name: str, value: float) -> None:
    """Refuse decay rates and momenta outside 0 <= value < 1."""
    require(0 <= value < 1, f"{name} must be at least 0 and below 1, got {value}")
