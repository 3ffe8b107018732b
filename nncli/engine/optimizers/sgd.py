"""Stochastic gradient descent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.optimizers.base import Optimizer, require_fraction
from nncli.engine.schedules import Schedule
from nncli.engine.types import Array, Arrays


@dataclass(kw_only=True)
class Sgd(Optimizer):
    """Gradient descent with momentum, as keras.optimizers.SGD.

    velocity = momentum * velocity - learning_rate * g;  w += velocity;
    with nesterov  w += momentum * velocity - learning_rate * g.
    """

    type: Literal["sgd"] = "sgd"
    learning_rate: float | Schedule = 0.01
    """The size of a step, or a schedule that says it of each step."""
    momentum: float = 0.0
    """How much of the last step goes on."""
    nesterov: bool = False
    """Whether the gradient is corrected by the momentum to come (Nesterov, 1983)."""

    def check(self) -> None:
        """Refuse a momentum that isn't a fraction."""
        super().check()
        require_fraction("momentum", self.momentum)

    def slot_names(self) -> tuple[str, ...]:
        """Keep a velocity only where there is momentum."""
        return ("momentum",) if self.momentum else ()

    def step(self, values: Array, gradients: Array, scratch: Array, slots: Arrays) -> None:
        """Update one block."""
        np.multiply(gradients, self._rate, gradients)
        if not self.momentum:
            np.subtract(values, gradients, values)
            return
        (velocity,) = slots
        np.multiply(velocity, self.momentum, velocity)
        np.subtract(velocity, gradients, velocity)
        if self.nesterov:
            np.multiply(velocity, self.momentum, scratch)
            np.subtract(scratch, gradients, scratch)
            np.add(values, scratch, values)
        else:
            np.add(values, velocity, values)
