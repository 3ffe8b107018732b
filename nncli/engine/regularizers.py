"""What keeps weights or outputs small: a penalty that is added to the loss.

Names, defaults and formulas are keras.regularizers'.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import ClassVar, Literal

import numpy as np

from nncli.engine.component import Component, require
from nncli.engine.types import Array, Shape
from nncli.errors import ShapeError


@dataclass(kw_only=True)
class Regularizer(Component):
    """Base of all regularizers."""

    of_single_values: ClassVar[bool] = False
    """Whether penalties of some rows add up to the penalty of all, as outputs must have it."""

    def build(self, name: str, shape: Shape) -> None:
        """Get ready for the weights of that name and shape.

        Raises:
            ShapeError: if they have no shape for it.
        """

    def penalty(self, values: Array, scratch: Array) -> float:
        """Return what the values add to the loss; `scratch` is overwritten."""
        raise NotImplementedError

    def add_gradient(self, values: Array, gradient: Array, share: float, scratch: Array) -> None:
        """Add the gradient of `share` times the penalty."""
        raise NotImplementedError


class _Sums(Regularizer):
    """A penalty of sums over the single values."""

    of_single_values = True

    def strengths(self) -> tuple[float, float]:
        """Return what |values| and values² are multiplied by."""
        raise NotImplementedError

    def penalty(self, values: Array, scratch: Array) -> float:
        """Return l1 * sum(|values|) + l2 * sum(values²)."""
        l1, l2 = self.strengths()
        total = 0.0
        if l1:
            np.absolute(values, scratch)
            total += l1 * float(np.add.reduce(scratch, None))
        if l2:
            flat = values.ravel()
            total += l2 * float(flat.dot(flat))
        return total

    def add_gradient(self, values: Array, gradient: Array, share: float, scratch: Array) -> None:
        """Add l1 * sign(values) + 2 * l2 * values."""
        l1, l2 = self.strengths()
        if l1:
            np.sign(values, scratch)
            np.multiply(scratch, l1 * share, scratch)
            np.add(gradient, scratch, gradient)
        if l2:
            np.multiply(values, 2.0 * l2 * share, scratch)
            np.add(gradient, scratch, gradient)


@dataclass(kw_only=True)
class L1(_Sums):
    """l1 * sum(|x|), which makes small values zero; as keras.regularizers.L1."""

    type: Literal["l1"] = "l1"
    l1: float = 0.01
    """The strength."""

    def check(self) -> None:
        """Refuse a negative strength."""
        _require_strength("l1", self.l1)

    def strengths(self) -> tuple[float, float]:
        """Return the one there is."""
        return self.l1, 0.0


@dataclass(kw_only=True)
class L2(_Sums):
    """l2 * sum(x²), which makes large values small; as keras.regularizers.L2."""

    type: Literal["l2"] = "l2"
    l2: float = 0.01
    """The strength."""

    def check(self) -> None:
        """Refuse a negative strength."""
        _require_strength("l2", self.l2)

    def strengths(self) -> tuple[float, float]:
        """Return the one there is."""
        return 0.0, self.l2


@dataclass(kw_only=True)
class L1L2(_Sums):
    """l1 * sum(|x|) + l2 * sum(x²), as keras.regularizers.L1L2."""

    type: Literal["l1_l2"] = "l1_l2"
    l1: float = 0.0
    """The strength of the first."""
    l2: float = 0.0
    """The strength of the second."""

    def check(self) -> None:
        """Refuse negative strengths."""
        _require_strength("l1", self.l1)
        _require_strength("l2", self.l2)

    def strengths(self) -> tuple[float, float]:
        """Return both."""
        return self.l1, self.l2


@dataclass(kw_only=True)
class OrthogonalRegularizer(Regularizer):
    """factor * the mean of |cosine| over all pairs, as keras.regularizers.OrthogonalRegularizer.

    Works on matrices; it makes their rows (or columns) perpendicular to each other.
    """

    type: Literal["orthogonal_regularizer"] = "orthogonal_regularizer"
    factor: float = 0.01
    """The strength."""
    mode: Literal["rows", "columns"] = "rows"
    """Of what the pairs are."""

    def check(self) -> None:
        """Refuse a negative strength."""
        _require_strength("factor", self.factor)

    def build(self, name: str, shape: Shape) -> None:
        """Make the matrices that it works with, for `rows` as they come or for columns turned."""
        axes = shape if self.mode == "rows" else shape[::-1]
        if len(shape) != 2 or axes[0] < 2:
            raise ShapeError(
                f"orthogonal_regularizer needs a matrix of two {self.mode} or more, "
                f"but {name} has shape {shape}"
            )
        self._units, self._slopes = (np.empty(axes, self.float_type) for _ in range(2))
        self._scales = np.empty((axes[0], 1), self.float_type)
        self._cosines = np.empty((axes[0], axes[0]), self.float_type)
        self._strength = self.factor / (axes[0] * (axes[0] - 1.0))

    def penalty(self, values: Array, scratch: Array) -> float:
        """Return factor / 2 * sum(|cosines of pairs|) / number of pairs."""
        self._work_out_cosines(values)
        np.absolute(self._cosines, self._cosines)
        return self._strength * float(np.add.reduce(self._cosines, None))

    def add_gradient(self, values: Array, gradient: Array, share: float, scratch: Array) -> None:
        """Add what is left of sign(cosines) @ units where it is at right angles to the units."""
        self._work_out_cosines(values)
        units, slopes = self._units, self._slopes
        np.sign(self._cosines, self._cosines)
        self._cosines.dot(units, slopes)
        along = np.einsum("ij,ij->i", slopes, units)[:, None]
        np.multiply(units, along, units)
        np.subtract(slopes, units, slopes)
        np.multiply(slopes, self._scales, slopes)
        np.multiply(slopes, 2.0 * self._strength * share, slopes)
        turned = gradient if self.mode == "rows" else gradient.T
        np.add(turned, slopes, turned)

    def _work_out_cosines(self, values: Array) -> None:
        """Fill units, scales (1 / norm), and the cosines of all pairs but those with themselves."""
        matrix = values if self.mode == "rows" else values.T
        units, scales = self._units, self._scales
        np.multiply(matrix, matrix, units)
        np.add.reduce(units, 1, out=scales, keepdims=True)
        np.sqrt(scales, scales)
        np.maximum(scales, _SMALLEST_NORM, out=scales)
        np.reciprocal(scales, scales)
        np.multiply(matrix, scales, units)
        units.dot(units.T, self._cosines)
        self._cosines.flat[:: len(units) + 1] = 0.0


_SMALLEST_NORM = 1e-7


def _require_strength(name: str, value: float) -> None:
    require(isfinite(value) and value >= 0, f"{name} must not be negative, got {value}")
