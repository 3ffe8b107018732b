"""How much every pixel of a line counts in those of the enlarged line, as TensorFlow has it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from nncli.engine.types import Array

_TABLE = 1024
"""Where the pixels of bicubic interpolation stand is rounded to that part of their distance."""


def enlarging(method: str, size: int, factor: int) -> Array:
    """Return the matrix, (size * factor, size), that enlarges a line of pixels.

    Weights depend on the distance between the centers, in pixels of the small line. Beyond its ends
    there are none, so those that are there share the whole weight.
    """
    centers = (np.arange(size * factor) + 0.5) / factor - 0.5
    if method == "bicubic":
        centers = np.rint(centers * _TABLE) / _TABLE
    distances = np.abs(centers[:, np.newaxis] - np.arange(size))
    weights = _WEIGHTS[method](distances)
    shares: Array = weights / weights.sum(axis=1, keepdims=True)
    return shares


def _straight(distances: Array) -> Array:
    return np.maximum(1.0 - distances, 0.0)


def _keys(distances: Array) -> Array:
    """Robert Keys's cubics of 1981, with a = -1/2."""
    near = (1.5 * distances - 2.5) * distances**2 + 1.0
    far = ((2.5 - 0.5 * distances) * distances - 4.0) * distances + 2.0
    return np.select([distances < 1.0, distances < 2.0], [near, far])


def _lanczos(radius: int) -> Callable[[Array], Array]:
    def weights(distances: Array) -> Array:
        waves = np.sinc(distances) * np.sinc(distances / radius)
        return np.where(distances <= radius, waves, 0.0)

    return weights


_WEIGHTS: dict[str, Callable[[Array], Array]] = {
    "bilinear": _straight,
    "bicubic": _keys,
    "lanczos3": _lanczos(3),
    "lanczos5": _lanczos(5),
}
