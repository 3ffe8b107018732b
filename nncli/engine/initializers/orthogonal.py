"""Orthogonal: a matrix that turns vectors and leaves their lengths."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Literal

import numpy as np

from nncli.engine.initializers.base import Generator, Initializer
from nncli.engine.types import Array, Shape
from nncli.errors import ShapeError


@dataclass(kw_only=True)
class Orthogonal(Initializer):
    """A random orthogonal matrix (Saxe et al., 2014); all axes but the last count as rows."""

    type: Literal["orthogonal"] = "orthogonal"
    gain: float = 1.0
    """What the matrix is multiplied with."""

    def draw(self, shape: Shape, generator: Generator) -> Array:
        """Return orthonormal columns, or rows where there are fewer of those.

        Raises:
            ShapeError: if the shape has fewer than two axes.
        """
        if len(shape) < 2:
            raise ShapeError(f"orthogonal needs a weight of two axes, got shape {list(shape)}")
        rows, columns = prod(shape[:-1]), shape[-1]
        tall = (max(rows, columns), min(rows, columns))
        q, r = np.linalg.qr(generator.standard_normal(tall))
        q *= np.sign(np.diag(r))  # without it not all orthogonal matrices are equally likely
        return self.gain * (q if rows >= columns else q.T).reshape(shape)
