"""Adadelta: steps of the size of recent steps, so that the learning rate hardly matters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from nncli.engine.optimizers.base import Optimizer, require_fraction, require_not_negative
from nncli.engine.parameters import Parameters
from nncli.engine.types import Array, Arrays


@dataclass(kw_only=True)
class Adadelta(Optimizer):
    """Zeiler (2012), as keras.optimizers.Adadelta. Its author's learning rate is 1.

    squares = rho * squares + (1 - rho) * g²;  d = g * sqrt(steps + epsilon) / sqrt(squares +
    epsilon);  steps = rho * steps + (1 - rho) * d²;  w -= learning_rate * d.
    """

    type: Literal["adadelta"] = "adadelta"
    squares_gradients: ClassVar[bool] = True
    rho: float = 0.95
    """How slowly gradients and steps are forgotten."""
    epsilon: float = 1e-7
    """Keeps the roots away from 0, and lets the first steps be taken."""

    def check(self) -> None:
        """Refuse fractions that aren't, and a negative epsilon."""
        super().check()
        require_fraction("rho", self.rho)
        require_not_negative("epsilon", self.epsilon)

    def slot_names(self) -> tuple[str, ...]:
        """Keep the means of squared gradients and steps."""
        return ("accumulated_grad", "accumulated_delta_var")

    def build(self, parameters: Parameters) -> None:
        """Keep the numbers of the formula as arrays."""
        super().build(parameters)
        self._keep = self.constant(self.rho)
        self._add = self.constant(1.0 - self.rho)
        self._epsilon = self.constant(self.epsilon)

    def step(self, values: Array, gradients: Array, scratch: Array, slots: Arrays) -> None:
        """Update one block."""
        squares, steps = slots
        self._move_towards_square(squares, gradients, scratch)
        np.add(steps, self._epsilon, scratch)
        np.sqrt(scratch, scratch)
        self._squares.scale(gradients, scratch)
        np.add(squares, self._epsilon, scratch)
        np.sqrt(scratch, scratch)
        np.reciprocal(scratch, scratch)
        self._squares.scale(gradients, scratch)
        self._move_towards_square(steps, gradients, scratch)
        np.multiply(gradients, self._rate, gradients)
        np.subtract(values, gradients, values)

    def _move_towards_square(self, mean: Array, new: Array, scratch: Array) -> None:
        self._squares.of(new, scratch)
        np.multiply(scratch, self._add, scratch)
        np.multiply(mean, self._keep, mean)
        np.add(mean, scratch, mean)
