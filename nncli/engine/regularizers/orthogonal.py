"""orthogonal_regularizer: rows (or columns) of a matrix that get in each other's way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.regularizers.base import Regularizer, require_strength
from nncli.engine.types import Array, Shape
from nncli.errors import ShapeError

_SMALLEST_NORM = 1e-7


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
        require_strength("factor", self.factor)

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
