"""Adam and AdamW: steps of about the learning rate, whatever the gradient's size."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import ClassVar, Literal

import numpy as np

from nncli.engine.component import require
from nncli.engine.optimizers.base import Optimizer, require_fraction
from nncli.engine.parameters import Parameters
from nncli.engine.types import Array, Arrays


@dataclass(kw_only=True)
class Adam(Optimizer):
    """Kingma and Ba (2014), as keras.optimizers.Adam.

    m += (g - m) * (1 - beta_1);  v += (g² - v) * (1 - beta_2);
    w -= learning_rate * sqrt(1 - beta_2^t) / (1 - beta_1^t) * m / (sqrt(v) + epsilon).
    """

    type: Literal["adam"] = "adam"
    squares_gradients: ClassVar[bool] = True
    beta_1: float = 0.9
    """How slowly the mean of the gradients is forgotten."""
    beta_2: float = 0.999
    """How slowly the mean of their squares is forgotten."""
    epsilon: float = 1e-7
    """Keeps the root away from 0."""
    amsgrad: bool = False
    """Whether the largest v so far is used (Reddi et al., 2018)."""

    def check(self) -> None:
        """Refuse fractions that aren't, and a negative epsilon."""
        super().check()
        require_fraction("beta_1", self.beta_1)
        require_fraction("beta_2", self.beta_2)
        require(self.epsilon >= 0, f"epsilon must not be negative, got {self.epsilon}")

    def slot_names(self) -> tuple[str, ...]:
        """Keep the largest v only where it is used."""
        return ("momentum", "velocity", *(["velocity_hat"] if self.amsgrad else []))

    def build(self, parameters: Parameters) -> None:
        """Keep the numbers of the formula as arrays, which ufuncs take faster than Python's."""
        super().build(parameters)
        self._to_mean = self.constant(1.0 - self.beta_1)
        self._to_square = self.constant(1.0 - self.beta_2)
        self._epsilon = self.constant(self.epsilon)
        self._alpha = self.constant(0.0)

    def prepare(self) -> None:
        """Correct the step for means that started at zero."""
        correction = sqrt(1.0 - self.beta_2**self.iterations) / (1.0 - self.beta_1**self.iterations)
        self._alpha[()] = self.current_rate * correction

    def step(self, values: Array, gradients: Array, scratch: Array, slots: Arrays) -> None:
        """Update one block."""
        m, v = slots[0], slots[1]
        np.subtract(gradients, m, scratch)
        np.multiply(scratch, self._to_mean, scratch)
        np.add(m, scratch, m)
        self._squares.of(gradients, scratch)
        np.subtract(scratch, v, scratch)
        np.multiply(scratch, self._to_square, scratch)
        np.add(v, scratch, v)
        if self.amsgrad:
            v = np.maximum(slots[2], v, out=slots[2])
        np.sqrt(v, scratch)
        np.add(scratch, self._epsilon, scratch)
        np.divide(m, scratch, scratch)
        np.multiply(scratch, self._alpha, scratch)
        np.subtract(values, scratch, values)


@dataclass(kw_only=True)
class AdamW(Adam):
    """Adam with decoupled weight decay (Loshchilov and Hutter, 2019), as keras.optimizers.AdamW."""

    type: Literal["adamw"] = "adamw"  # type: ignore[assignment]
    weight_decay: float | None = 0.004
    """Each step first takes this times the learning rate off every weight, proportionally."""

    def check(self) -> None:
        """Refuse what would be adam."""
        super().check()
        require(self.weight_decay is not None, "weight_decay must be a number; without it: adam")
