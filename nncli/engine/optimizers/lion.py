"""Lion: steps of one size, of which only the direction is learned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.component import require
from nncli.engine.optimizers.base import Optimizer, require_fraction
from nncli.engine.parameters import Parameters
from nncli.engine.types import Array, Arrays


@dataclass(kw_only=True)
class Lion(Optimizer):
    """Chen et al. (2023), as keras.optimizers.Lion.

    w -= learning_rate * sign(beta_1 * m + (1 - beta_1) * g);  m = beta_2 * m + (1 - beta_2) * g.
    """

    type: Literal["lion"] = "lion"
    beta_1: float = 0.9
    """How much of the direction is the mean gradient's; the rest is the newest gradient's."""
    beta_2: float = 0.99
    """How slowly the mean gradient is forgotten."""

    def check(self) -> None:
        """Refuse fractions that aren't."""
        super().check()
        require_fraction("beta_1", self.beta_1)
        require(self.beta_1 > 0, "beta_1 must be above 0")
        require_fraction("beta_2", self.beta_2)

    def slot_names(self) -> tuple[str, ...]:
        """Keep the mean gradient."""
        return ("momentum",)

    def build(self, parameters: Parameters) -> None:
        """Keep the numbers of the formula as arrays."""
        super().build(parameters)
        self._direction = self.constant(self.beta_1)
        self._keep = self.constant(self.beta_2)
        self._newest = self.constant(1.0 - self.beta_1)
        self._to_mean = self.constant((1.0 - self.beta_2) / (1.0 - self.beta_1))

    def step(self, values: Array, gradients: Array, scratch: Array, slots: Arrays) -> None:
        """Update one block."""
        (m,) = slots
        np.multiply(m, self._direction, scratch)
        np.multiply(m, self._keep, m)
        np.multiply(gradients, self._newest, gradients)
        np.add(scratch, gradients, scratch)
        np.multiply(gradients, self._to_mean, gradients)
        np.add(m, gradients, m)
        np.sign(scratch, scratch)
        np.multiply(scratch, self._rate, scratch)
        np.subtract(values, scratch, values)
