"""Initializers whose values don't depend on the weight's shape. Names are keras.initializers'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.component import require
from nncli.engine.initializers.base import Generator, Initializer
from nncli.engine.types import Array, Shape


@dataclass(kw_only=True)
class RandomNormal(Initializer):
    """A normal distribution."""

    type: Literal["random_normal"] = "random_normal"
    mean: float = 0.0
    """Its mean."""
    stddev: float = 0.05
    """Its standard deviation."""

    def check(self) -> None:
        """Refuse a negative stddev."""
        require(self.stddev >= 0, f"stddev must not be negative, got {self.stddev}")

    def draw(self, shape: Shape, generator: Generator) -> Array:
        """Return normal values."""
        return generator.normal(self.mean, self.stddev, shape)


@dataclass(kw_only=True)
class RandomUniform(Initializer):
    """A uniform distribution between two bounds."""

    type: Literal["random_uniform"] = "random_uniform"
    minval: float = -0.05
    """The lower bound."""
    maxval: float = 0.05
    """The upper bound."""

    def check(self) -> None:
        """Refuse bounds in the wrong order."""
        require(
            self.minval <= self.maxval,
            f"minval must not be above maxval, got {self.minval} and {self.maxval}",
        )

    def draw(self, shape: Shape, generator: Generator) -> Array:
        """Return uniform values."""
        return generator.uniform(self.minval, self.maxval, shape)


@dataclass(kw_only=True)
class TruncatedNormal(Initializer):
    """A normal distribution without what lies more than two standard deviations out."""

    type: Literal["truncated_normal"] = "truncated_normal"
    mean: float = 0.0
    """The mean before the cut."""
    stddev: float = 0.05
    """The standard deviation before the cut."""

    def check(self) -> None:
        """Refuse a negative stddev."""
        require(self.stddev >= 0, f"stddev must not be negative, got {self.stddev}")

    def draw(self, shape: Shape, generator: Generator) -> Array:
        """Return truncated normal values."""
        return self.mean + self.stddev * standard_truncated_normal(shape, generator)


def standard_truncated_normal(shape: Shape, generator: Generator) -> Array:
    """Return standard normal values, none beyond two."""
    values = generator.standard_normal(shape)
    while (outside := np.abs(values) > 2.0).any():
        values[outside] = generator.standard_normal(int(outside.sum()))
    return values
