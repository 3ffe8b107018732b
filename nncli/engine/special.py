"""The error function, which numpy doesn't have."""

from __future__ import annotations

from math import pi, sqrt

import numpy as np

from nncli.engine.types import Array

# Rational minimax approximations of W. J. Cody, "Rational Chebyshev approximations for the error
# function", Math. Comp. 23 (1969), highest power first: relative error below 1e-15.
_SMALL = (
    (1.85777706184603153e-1, 3.16112374387056560, 1.13864154151050156e2, 3.77485237685302021e2,
     3.20937758913846947e3),
    (1.0, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3,
     2.84423683343917062e3),
)  # fmt: skip
_MIDDLE = (
    (2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594, 6.61191906371416295e1,
     2.98635138197400131e2, 8.81952221241769090e2, 1.71204761263407058e3, 2.05107837782607147e3,
     1.23033935479799725e3),
    (1.0, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2,
     1.62138957456669019e3, 3.29079923573345963e3, 4.36261909014324716e3, 3.43936767414372164e3,
     1.23033935480374942e3),
)  # fmt: skip
_LARGE = (
    (1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1,
     1.25781726111229246e-1, 1.60837851487422766e-2, 6.58749161529837803e-4),
    (1.0, 2.56852019228982242, 1.87295284992346725, 5.27905102951428412e-1,
     6.05183413124413191e-2, 2.33520497626869185e-3),
)  # fmt: skip


_BLOCK = 1024
"""So many values at a time keep what is allocated small and in the cache."""


def write_erf(x: Array) -> None:
    """Replace each x of a contiguous array by erf(x)."""
    values = x.reshape(-1)
    for start in range(0, values.size, _BLOCK):
        block = values[start : start + _BLOCK]
        np.copyto(block, erf(block))


def erf(x: Array) -> Array:
    """Return 2/sqrt(pi) times the integral of exp(-t²) from 0 to x, elementwise."""
    size = np.abs(x)
    small, middle = np.minimum(size, 0.46875), np.clip(size, 0.46875, 4.0)
    large = np.clip(size, 4.0, 10.0)
    near = small * _ratio(_SMALL, small * small)
    between = 1.0 - np.exp(-middle * middle) * _ratio(_MIDDLE, middle)
    inverse = 1.0 / (large * large)
    tail = (1.0 / sqrt(pi) - inverse * _ratio(_LARGE, inverse)) / large
    far = 1.0 - np.exp(-large * large) * tail
    return np.copysign(np.where(size <= 0.46875, near, np.where(size <= 4.0, between, far)), x)


def _ratio(polynomials: tuple[tuple[float, ...], tuple[float, ...]], x: Array) -> Array:
    numerator, denominator = (_evaluate(coefficients, x) for coefficients in polynomials)
    return np.divide(numerator, denominator)


def _evaluate(coefficients: tuple[float, ...], x: Array) -> Array:
    total = np.full_like(x, coefficients[0])
    for coefficient in coefficients[1:]:
        total *= x
        total += coefficient
    return total
