"""RMSprop: steps divided by the root of recent squared gradients."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from nncli.engine.component import require
from nncli.engine.optimizers.base import Optimizer, require_fraction
from nncli.engine.types import Array, Arrays


@dataclass(kw_only=True)
class Rmsprop(Optimizer):
    """Tieleman and Hinton (2012), as keras.optimizers.RMSprop.

    velocity = rho * velocity + (1 - rho) * g²;  w -= learning_rate * g / sqrt(velocity + epsilon).
    """

    type: Literal["rmsprop"] = "rmsprop"
    squares_gradients: ClassVar[bool] = True
    rho: float = 0.9
    """How slowly the squares are forgotten."""
    momentum: float = 0.0
    """How much of the last step goes on."""
    epsilon: float = 1e-7
    """Keeps the root away from 0."""
    centered: bool = False
    """Whether squares are taken around the mean gradient, as a variance."""

    def check(self) -> None:
        """Refuse fractions that aren't, and a negative epsilon."""
        super().check()
        require_fraction("rho", self.rho)
        require_fraction("momentum", self.momentum)
        require(self.epsilon >= 0, f"epsilon must not be negative, got {self.epsilon}")

    def slot_names(self) -> tuple[str, ...]:
        """Keep momentum and mean gradient only where they are used."""
        extra = (("momentum", self.momentum > 0), ("average_gradient", self.centered))
        return ("velocity", *(name for name, used in extra if used))

    def step(self, values: Array, gradients: Array, scratch: Array, slots: Arrays) -> None:
        """Update one block."""
        velocity = slots[0]
        self._squares.of(gradients, scratch)
        _move_towards(velocity, scratch, self.rho)
        if self.centered:
            mean = slots[-1]
            np.multiply(gradients, 1.0 - self.rho, out=scratch)
            np.multiply(mean, self.rho, out=mean)
            np.add(mean, scratch, out=mean)
            np.multiply(mean, mean, out=scratch)
            np.subtract(velocity, scratch, out=scratch)
            np.add(scratch, self.epsilon, out=scratch)
        else:
            np.add(velocity, self.epsilon, out=scratch)
        np.sqrt(scratch, out=scratch)
        np.multiply(gradients, self._rate, out=gradients)
        np.divide(gradients, scratch, out=gradients)
        if self.momentum > 0:
            momentum = slots[1]
            np.multiply(momentum, self.momentum, out=momentum)
            np.add(momentum, gradients, out=momentum)
            np.subtract(values, momentum, out=values)
        else:
            np.subtract(values, gradients, out=values)


def _move_towards(average: Array, new: Array, rho: float) -> None:
    """average = rho * average + (1 - rho) * new; `new` is used up."""
    np.multiply(average, rho, out=average)
    np.multiply(new, 1.0 - rho, out=new)
    np.add(average, new, out=average)
