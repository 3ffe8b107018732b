"""Nadam: Adam that looks one step of its momentum ahead, as Nesterov's does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from nncli.engine.optimizers.base import Optimizer, require_fraction, require_not_negative
from nncli.engine.parameters import Parameters
from nncli.engine.types import Array, Arrays


@dataclass(kw_only=True)
class Nadam(Optimizer):
    """Dozat (2015), as keras.optimizers.Nadam.

    m and v as Adam's; u_t = beta_1 * (1 - 0.96^t / 2), U_t = u_1 * ... * u_t;
    m_hat = u_{t+1} * m / (1 - U_{t+1}) + (1 - u_t) * g / (1 - U_t);  v_hat = v / (1 - beta_2^t);
    w -= learning_rate * m_hat / (sqrt(v_hat) + epsilon).
    """

    type: Literal["nadam"] = "nadam"
    squares_gradients: ClassVar[bool] = True
    beta_1: float = 0.9
    """How slowly the mean of the gradients is forgotten."""
    beta_2: float = 0.999
    """How slowly the mean of their squares is forgotten."""
    epsilon: float = 1e-7
    """Keeps the root away from 0."""

    def check(self) -> None:
        """Refuse fractions that aren't, and a negative epsilon."""
        super().check()
        require_fraction("beta_1", self.beta_1)
        require_fraction("beta_2", self.beta_2)
        require_not_negative("epsilon", self.epsilon)

    def slot_names(self) -> tuple[str, ...]:
        """Keep both means."""
        return ("momentum", "velocity")

    def build(self, parameters: Parameters) -> None:
        """Begin the product of momenta."""
        super().build(parameters)
        self._to_mean = self.constant(1.0 - self.beta_1)
        self._to_square = self.constant(1.0 - self.beta_2)
        self._epsilon = self.constant(self.epsilon)
        self.momentum_product = 1.0

    def prepare(self) -> None:
        """Weigh this step's momentum and the next's."""
        now, ahead = self._momentum(self.iterations), self._momentum(self.iterations + 1)
        self.momentum_product *= now
        self._of_mean = ahead / (1.0 - self.momentum_product * ahead)
        self._of_gradient = (1.0 - now) / (1.0 - self.momentum_product)
        self._of_squares = 1.0 / (1.0 - self.beta_2**self.iterations)

    def _momentum(self, step: int) -> float:
        return self.beta_1 * (1.0 - 0.5 * 0.96**step)

    def step(self, values: Array, gradients: Array, scratch: Array, slots: Arrays) -> None:
        """Update one block."""
        m, v = slots
        np.subtract(gradients, m, scratch)
        np.multiply(scratch, self._to_mean, scratch)
        np.add(m, scratch, m)
        self._squares.of(gradients, scratch)
        np.subtract(scratch, v, scratch)
        np.multiply(scratch, self._to_square, scratch)
        np.add(v, scratch, v)
        np.multiply(gradients, self._of_gradient, gradients)
        np.multiply(m, self._of_mean, scratch)
        np.add(gradients, scratch, gradients)
        np.multiply(v, self._of_squares, scratch)
        np.sqrt(scratch, scratch)
        np.add(scratch, self._epsilon, scratch)
        np.divide(gradients, scratch, gradients)
        np.multiply(gradients, self._rate, gradients)
        np.subtract(values, gradients, values)
