"""Adagrad: steps divided by the root of all squared gradients so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from nncli.engine.optimizers.base import Optimizer, require_not_negative
from nncli.engine.parameters import Parameters
from nncli.engine.types import Array, Arrays


@dataclass(kw_only=True)
class Adagrad(Optimizer):
    """Duchi, Hazan and Singer (2011), as keras.optimizers.Adagrad.

    accumulator += g²;  w -= learning_rate * g / sqrt(accumulator + epsilon).
    """

    type: Literal["adagrad"] = "adagrad"
    squares_gradients: ClassVar[bool] = True
    initial_accumulator_value: float = 0.1
    """Where the sums of squares start."""
    epsilon: float = 1e-7
    """Keeps the root away from 0."""

    def check(self) -> None:
        """Refuse negative sums."""
        super().check()
        require_not_negative("initial_accumulator_value", self.initial_accumulator_value)
        require_not_negative("epsilon", self.epsilon)

    def slot_names(self) -> tuple[str, ...]:
        """Keep the sums of squares."""
        return ("accumulator",)

    def build(self, parameters: Parameters) -> None:
        """Start the sums."""
        super().build(parameters)
        self._epsilon = self.constant(self.epsilon)
        self.slots["accumulator"].fill(self.initial_accumulator_value)

    def step(self, values: Array, gradients: Array, scratch: Array, slots: Arrays) -> None:
        """Update one block."""
        (accumulator,) = slots
        self._squares.of(gradients, scratch)
        np.add(accumulator, scratch, accumulator)
        np.add(accumulator, self._epsilon, scratch)
        np.sqrt(scratch, scratch)
        np.multiply(gradients, self._rate, gradients)
        np.divide(gradients, scratch, gradients)
        np.subtract(values, gradients, values)
