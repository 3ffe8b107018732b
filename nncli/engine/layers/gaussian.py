"""GaussianNoise and GaussianDropout: normal noise added to, or multiplied with, what passes."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np

from nncli.engine.component import require
from nncli.engine.context import Context
from nncli.engine.layers.noise import FactorNoise, NoiseLayer
from nncli.engine.types import Array, Arrays


@dataclass(kw_only=True)
class GaussianNoise(NoiseLayer):
    """Adds normal noise of mean 0, only in training, as keras.layers.GaussianNoise.

    Input shape: any. Output shape: the same.
    """

    type: Literal["GaussianNoise"] = "GaussianNoise"
    stddev: float
    """The noise's standard deviation, 0 to 1."""

    def check(self) -> None:
        """Refuse deviations that Keras refuses."""
        require(0 <= self.stddev <= 1, f"stddev must lie between 0 and 1, got {self.stddev}")

    @property
    def strength(self) -> float:
        """The deviation."""
        return self.stddev

    def fill(self, values: Array) -> None:
        """Draw, and scale."""
        self.noise.generator.standard_normal(out=values, dtype=values.dtype)
        np.multiply(values, self.stddev, out=values)

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Draw, and add."""
        np.add(inputs[0], self.draw(), out=outputs[0])

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """The gradient passes."""
        if d_inputs[0] is not None:
            np.copyto(d_inputs[0], d_outputs[0])


@dataclass(kw_only=True)
class GaussianDropout(FactorNoise):
    """Multiplies by normal noise of mean 1 and variance rate / (1 - rate), only in training.

    As keras.layers.GaussianDropout (Srivastava et al., 2014).

    Input shape: any. Output shape: the same.
    """

    type: Literal["GaussianDropout"] = "GaussianDropout"
    rate: float
    """As much noise as Dropout of this rate makes, 0 <= rate < 1."""

    def check(self) -> None:
        """Refuse rates that no noise has."""
        require(0 <= self.rate < 1, f"rate must be at least 0 and below 1, got {self.rate}")

    @property
    def strength(self) -> float:
        """The rate."""
        return self.rate

    def fill(self, values: Array) -> None:
        """Draw, scale, and move to 1."""
        self.noise.generator.standard_normal(out=values, dtype=values.dtype)
        np.multiply(values, sqrt(self.rate / (1.0 - self.rate)), out=values)
        np.add(values, 1.0, out=values)
