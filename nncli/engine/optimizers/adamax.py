"""Adamax: Adam with the largest gradient, slowly forgotten, in the root's place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.optimizers.base import Optimizer, require_fraction, require_not_negative
from nncli.engine.parameters import Parameters
from nncli.engine.types import Array, Arrays


@dataclass(kw_only=True)
class Adamax(Optimizer):
    """Kingma and Ba (2014), section 7, as keras.optimizers.Adamax.

    m += (g - m) * (1 - beta_1);  u = max(beta_2 * u, |g|);
    w -= learning_rate / (1 - beta_1^t) * m / (u + epsilon).

    An Embedding's |g| is that of the gradient summed over lookups, as in Keras on JAX and torch;
    on TensorFlow, Keras sums the |g| of each.
    """

    type: Literal["adamax"] = "adamax"
    beta_1: float = 0.9
    """How slowly the mean of the gradients is forgotten."""
    beta_2: float = 0.999
    """How slowly the largest gradient is forgotten."""
    epsilon: float = 1e-7
    """Keeps the divisor away from 0."""

    def check(self) -> None:
        """Refuse fractions that aren't, and a negative epsilon."""
        super().check()
        require_fraction("beta_1", self.beta_1)
        require_fraction("beta_2", self.beta_2)
        require_not_negative("epsilon", self.epsilon)

    def slot_names(self) -> tuple[str, ...]:
        """Keep the mean and the largest."""
        return ("momentum", "norm")

    def build(self, parameters: Parameters) -> None:
        """Keep the numbers of the formula as arrays."""
        super().build(parameters)
        self._to_mean = self.constant(1.0 - self.beta_1)
        self._keep = self.constant(self.beta_2)
        self._epsilon = self.constant(self.epsilon)

    def prepare(self) -> None:
        """Correct the step for a mean that started at zero."""
        self._alpha = self.current_rate / (1.0 - self.beta_1**self.iterations)

    def step(self, values: Array, gradients: Array, scratch: Array, slots: Arrays) -> None:
        """Update one block."""
        m, u = slots
        np.subtract(gradients, m, scratch)
        np.multiply(scratch, self._to_mean, scratch)
        np.add(m, scratch, m)
        np.absolute(gradients, gradients)
        np.multiply(u, self._keep, u)
        np.maximum(u, gradients, out=u)
        np.add(u, self._epsilon, scratch)
        np.divide(m, scratch, scratch)
        np.multiply(scratch, self._alpha, scratch)
        np.subtract(values, scratch, values)
