"""Ftrl: "follow the regularized leader", made for wide sparse models."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from nncli.engine.component import require
from nncli.engine.optimizers.base import Optimizer, require_not_negative
from nncli.engine.parameters import Parameters
from nncli.engine.types import Array, Arrays


@dataclass(kw_only=True)
class Ftrl(Optimizer):
    """McMahan et al. (2013), as keras.optimizers.Ftrl; p stands for -learning_rate_power.

    n' = n + g²;  z += g + 2 * l2_shrinkage * w - (n'^p - n^p) / learning_rate * w;  n = n';
    w = (clip(z, -l1, l1) - z) / ((beta + n^p) / learning_rate + 2 * l2).
    """

    type: Literal["ftrl"] = "ftrl"
    squares_gradients: ClassVar[bool] = True
    learning_rate_power: float = -0.5
    """How fast steps become smaller as squared gradients add up; 0 keeps their size."""
    initial_accumulator_value: float = 0.1
    """Where the sums of squares start."""
    l1_regularization_strength: float = 0.0
    """Pulls weights to 0, and small ones onto it."""
    l2_regularization_strength: float = 0.0
    """Pulls weights towards 0, in proportion."""
    l2_shrinkage_regularization_strength: float = 0.0
    """Likewise, as a part of the gradient."""
    beta: float = 0.0
    """Makes first steps smaller."""

    def check(self) -> None:
        """Refuse a positive power and negative strengths."""
        super().check()
        power = self.learning_rate_power
        require(power <= 0, f"learning_rate_power must not be above 0, got {power}")
        for name in ("initial_accumulator_value", "beta", *_STRENGTHS):
            require_not_negative(name, getattr(self, name))

    def slot_names(self) -> tuple[str, ...]:
        """Keep the sums of squares (n) and of corrected gradients (z)."""
        return ("accumulator", "linear")

    def build(self, parameters: Parameters) -> None:
        """Start the sums of squares."""
        super().build(parameters)
        self.slots["accumulator"].fill(self.initial_accumulator_value)

    def step(self, values: Array, gradients: Array, scratch: Array, slots: Arrays) -> None:
        """Update one block."""
        squares, linear = slots
        np.add(linear, gradients, linear)
        self._squares.of(gradients, scratch)
        np.add(squares, scratch, scratch)
        np.power(squares, -self.learning_rate_power, squares)
        np.power(scratch, -self.learning_rate_power, gradients)
        np.subtract(gradients, squares, squares)
        np.divide(squares, self._rate, squares)
        if self.l2_shrinkage_regularization_strength:
            np.subtract(squares, 2.0 * self.l2_shrinkage_regularization_strength, squares)
        np.multiply(squares, values, squares)
        np.subtract(linear, squares, linear)
        np.copyto(squares, scratch)
        np.add(gradients, self.beta, gradients)
        np.divide(gradients, self._rate, gradients)
        np.add(gradients, 2.0 * self.l2_regularization_strength, gradients)
        np.maximum(linear, -self.l1_regularization_strength, out=scratch)
        np.minimum(scratch, self.l1_regularization_strength, out=scratch)
        np.subtract(scratch, linear, scratch)
        np.divide(scratch, gradients, values)


_STRENGTHS = (
    "l1_regularization_strength",
    "l2_regularization_strength",
    "l2_shrinkage_regularization_strength",
)
