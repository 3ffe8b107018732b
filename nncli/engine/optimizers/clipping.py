"""Keeps gradients from growing too large, in Keras's three ways; all of them in place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from math import sqrt

import numpy as np

from nncli.engine.parameters import Parameters
from nncli.engine.types import Array

Piece = tuple[Array, Array | None]
"""A gradient as a vector and, if it is a sum over lookups, the sum of their squares."""


def clipper(
    parameters: Parameters,
    clipnorm: float | None,
    global_clipnorm: float | None,
    clipvalue: float | None,
) -> Callable[[], None] | None:
    """Return what clips the gradients by one of the limits, or None where there is none."""
    if clipnorm is not None:
        return partial(_clip_each, _pieces(parameters), clipnorm)
    if global_clipnorm is not None:
        return partial(_clip_all, _pieces(parameters), global_clipnorm)
    if clipvalue is not None:
        return partial(_clip_values, parameters.gradients, clipvalue)
    return None


def _pieces(parameters: Parameters) -> list[Piece]:
    """Return the gradients of all weights."""
    gradients, squares = parameters.gradients, parameters.squares
    return [
        (gradients[part], squares[part] if squares is not None and weight.summed else None)
        for part, weight in zip(
            parameters.slices.values(), parameters.weights.values(), strict=True
        )
    ]


def _clip_values(gradients: Array, limit: float) -> None:
    """Let no number be larger than the limit, in either direction."""
    np.minimum(gradients, limit, out=gradients)
    np.maximum(gradients, -limit, out=gradients)


def _clip_each(pieces: Iterable[Piece], limit: float) -> None:
    """Scale down each gradient whose norm is larger than the limit."""
    for gradient, squares in pieces:
        norm = sqrt(_squared_norm(gradient, squares))
        if norm > limit:
            np.multiply(gradient, limit / norm, gradient)
            if squares is not None:
                np.multiply(squares, (limit / norm) ** 2, squares)


def _clip_all(pieces: Sequence[Piece], limit: float) -> None:
    """Scale all gradients down if their norm together is larger than the limit."""
    norm = sqrt(sum(_squared_norm(gradient, squares) for gradient, squares in pieces))
    for gradient, squares in pieces:
        if norm > limit:
            np.multiply(gradient, limit / norm, gradient)
        if squares is not None:  # from here on Keras has nothing but the sum
            np.multiply(gradient, gradient, squares)


def _squared_norm(gradient: Array, squares: Array | None) -> float:
    return float(gradient.dot(gradient) if squares is None else squares.sum())
