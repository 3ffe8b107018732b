"""Maxima of windows along one axis, and the way back to the inputs that they came from.

A maximum over height and width is one over the width and then one over the height: for a window of
n x n this takes 2n steps instead of n². Among equal inputs of a window the first in reading order
gets the gradient, as in Keras: the first row that holds the maximum, and in it the first place.
"""

from __future__ import annotations

import numpy as np

from nncli.engine.layers.windows import Windows
from nncli.engine.types import Array


def take_maxima(x: Array, y: Array, windows: Windows, axis: int) -> None:
    """Write the largest of each window of x along the axis to y; padding never wins."""
    pieces = [(y[_at(axis, to)], x[_at(axis, start)]) for to, start in windows.inside()]
    if windows.reaches_outside:
        y.fill(-np.inf)
    else:
        np.copyto(*pieces.pop(0))
    for best, candidate in pieces:
        np.maximum(best, candidate, out=best)


def return_to_maxima(
    x: Array, y: Array, d_y: Array, d_x: Array, share: Array, windows: Windows, axis: int
) -> None:
    """Write to d_x what `take_maxima` passes back to x, and use up d_y and `share` (shaped so).

    Tap by tap, those that hold the maximum take what d_y has left.
    """
    alone = windows.stride >= windows.taps
    if windows.stride != windows.taps or windows.count * windows.taps != windows.size:
        d_x.fill(0.0)
    for to, start in windows.inside():
        here, there = _at(axis, to), _at(axis, start)
        taken = d_x[there] if alone else share[here]
        np.equal(x[there], y[here], out=taken)
        np.multiply(taken, d_y[here], out=taken)
        np.subtract(d_y[here], taken, out=d_y[here])
        if not alone:
            np.add(d_x[there], taken, out=d_x[there])


def _at(axis: int, part: slice) -> tuple[slice, ...]:
    return (slice(None),) * axis + (part,)
