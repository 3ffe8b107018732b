"""Initializers that draw nothing. Names, defaults and formulas are keras.initializers'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.initializers.base import Generator, Initializer
from nncli.engine.types import Array, Shape
from nncli.errors import ShapeError


@dataclass(kw_only=True)
class Zeros(Initializer):
    """All zeros."""

    type: Literal["zeros"] = "zeros"

    def draw(self, shape: Shape, generator: Generator) -> Array:
        """Return zeros."""
        return np.zeros(shape)


@dataclass(kw_only=True)
class Ones(Initializer):
    """All ones."""

    type: Literal["ones"] = "ones"

    def draw(self, shape: Shape, generator: Generator) -> Array:
        """Return ones."""
        return np.ones(shape)


@dataclass(kw_only=True)
class Constant(Initializer):
    """One value everywhere."""

    type: Literal["constant"] = "constant"
    value: float = 0.0
    """The value."""

    def draw(self, shape: Shape, generator: Generator) -> Array:
        """Return the value, repeated."""
        return np.full(shape, self.value)


@dataclass(kw_only=True)
class Identity(Initializer):
    """The identity matrix; where it isn't square the diagonal begins at the first corner."""

    type: Literal["identity"] = "identity"
    gain: float = 1.0
    """What the matrix is multiplied with."""

    def draw(self, shape: Shape, generator: Generator) -> Array:
        """Return the matrix.

        Raises:
            ShapeError: if the shape hasn't two axes.
        """
        if len(shape) != 2:
            raise ShapeError(f"identity needs a weight of two axes, got shape {list(shape)}")
        return self.gain * np.eye(*shape)
