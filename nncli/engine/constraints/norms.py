"""Constraints of norms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.component import require
from nncli.engine.constraints.base import Constraint
from nncli.engine.types import Array, Shape
from nncli.errors import ShapeError

_EPSILON = 1e-7
"""Keras's, added to norms that divide."""


class _OfNorms(Constraint):
    """A constraint of the norms along some axes: in a Dense, of each unit's incoming weights."""

    def axes(self) -> tuple[int, ...]:
        """Return the axes along which norms are taken."""
        raise NotImplementedError

    def scale(self, norms: Array, scales: Array) -> None:
        """Fill `scales` with the norms that are wanted."""
        raise NotImplementedError

    def build(self, name: str, shape: Shape) -> None:
        """Make room for squares and norms."""
        for axis in self.axes():
            if not -len(shape) <= axis < len(shape):
                raise ShapeError(f"{name}_constraint: axis {axis} is none of {name}'s, {shape}")
        self._squares = np.zeros(shape, self.float_type)
        self._norms = np.add.reduce(self._squares, self.axes(), keepdims=True)
        self._scales = np.empty_like(self._norms)

    def apply(self, values: Array) -> None:
        """Multiply by the norms that are wanted, divide by those that are."""
        np.multiply(values, values, self._squares)
        np.add.reduce(self._squares, self.axes(), out=self._norms, keepdims=True)
        np.sqrt(self._norms, self._norms)
        self.scale(self._norms, self._scales)
        np.add(self._norms, _EPSILON, self._norms)
        np.divide(self._scales, self._norms, self._scales)
        np.multiply(values, self._scales, values)


@dataclass(kw_only=True)
class MaxNorm(_OfNorms):
    """Norms of at most `max_value`, as keras.constraints.MaxNorm."""

    type: Literal["max_norm"] = "max_norm"
    max_value: float = 2.0
    """The largest norm."""
    axis: int | tuple[int, ...] = 0
    """Along what norms are taken: 0 for a Dense's kernel, [0, 1, 2] for a Conv2D's."""

    def check(self) -> None:
        """Refuse a negative norm."""
        require(self.max_value >= 0, f"max_value must not be negative, got {self.max_value}")

    def axes(self) -> tuple[int, ...]:
        """Return them as a tuple."""
        return _axes(self.axis)

    def scale(self, norms: Array, scales: Array) -> None:
        """Cut off what is above."""
        np.minimum(norms, self.max_value, out=scales)


@dataclass(kw_only=True)
class UnitNorm(_OfNorms):
    """Norms of 1, as keras.constraints.UnitNorm."""

    type: Literal["unit_norm"] = "unit_norm"
    axis: int | tuple[int, ...] = 0
    """Along what norms are taken: 0 for a Dense's kernel, [0, 1, 2] for a Conv2D's."""

    def axes(self) -> tuple[int, ...]:
        """Return them as a tuple."""
        return _axes(self.axis)

    def scale(self, norms: Array, scales: Array) -> None:
        """Want 1."""
        scales.fill(1.0)


@dataclass(kw_only=True)
class MinMaxNorm(_OfNorms):
    """Norms from `min_value` to `max_value`, as keras.constraints.MinMaxNorm."""

    type: Literal["min_max_norm"] = "min_max_norm"
    min_value: float = 0.0
    """The smallest norm."""
    max_value: float = 1.0
    """The largest norm."""
    rate: float = 1.0
    """How much of the way to there is gone in each step."""
    axis: int | tuple[int, ...] = 0
    """Along what norms are taken: 0 for a Dense's kernel, [0, 1, 2] for a Conv2D's."""

    def check(self) -> None:
        """Refuse negative norms, a range of nothing, and overshooting."""
        require(self.min_value >= 0, f"min_value must not be negative, got {self.min_value}")
        require(
            self.max_value >= self.min_value,
            f"max_value must not be below min_value, {self.min_value}, got {self.max_value}",
        )
        require(0 <= self.rate <= 1, f"rate must be from 0 to 1, got {self.rate}")

    def axes(self) -> tuple[int, ...]:
        """Return them as a tuple."""
        return _axes(self.axis)

    def scale(self, norms: Array, scales: Array) -> None:
        """Go from the norms towards the nearest ones allowed."""
        np.maximum(norms, self.min_value, out=scales)
        np.minimum(scales, self.max_value, out=scales)
        if self.rate != 1.0:
            np.subtract(scales, norms, scales)
            np.multiply(scales, self.rate, scales)
            np.add(scales, norms, scales)


def _axes(axis: int | tuple[int, ...]) -> tuple[int, ...]:
    return axis if isinstance(axis, tuple) else (axis,)
