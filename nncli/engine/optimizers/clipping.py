"""Keeps gradients from growing too large, in Keras's three ways; all of them in place."""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt

import numpy as np

from nncli.engine.types import Array


def clip_values(gradients: Array, limit: float) -> None:
    """Let no number be larger than the limit, in either direction."""
    np.minimum(gradients, limit, out=gradients)
    np.maximum(gradients, -limit, out=gradients)


def clip_norms(gradients: Iterable[Array], limit: float) -> None:
    """Scale down each array whose norm is larger than the limit."""
    for gradient in gradients:
        norm = sqrt(gradient.dot(gradient))
        if norm > limit:
            np.multiply(gradient, limit / norm, gradient)
