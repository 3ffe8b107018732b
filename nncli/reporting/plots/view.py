"""Which part of the curves to show, so that huge first epochs don't flatten all the others."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from nncli.engine.types import Array

HUGE = 5.0
"""How many times the size of later values the first ones may have, to be shown in full."""

LOG_RATIO = 100.0
"""From which ratio of the largest to the smallest a logarithmic axis shows more."""

MARGIN = 0.05


@dataclass(frozen=True)
class View:
    """The ends of an axis. Where `logarithmic`, both are above zero."""

    bottom: float
    top: float
    logarithmic: bool = False


def view_of(curves: Array) -> View:
    """Return what to show of curves of shape (curves, epochs) that hold some finite value.

    From the second quarter of the epochs on all is shown, of the first what isn't huge.
    """
    values = curves[np.isfinite(curves)]
    low, high = float(values.min()), float(values.max())
    if _is_decay(values, low, high):
        margin = (high / low) ** MARGIN
        return View(low / margin, high * margin, logarithmic=True)
    later = curves[:, -(-curves.shape[1] // 4) :]
    later = later[np.isfinite(later)]
    if later.any():
        values = values[np.abs(values) <= HUGE * np.abs(later).max()]
        low, high = float(values.min()), float(values.max())
    margin = max(MARGIN * (high - low), 1e-3 * max(abs(high), abs(low)), 1e-12)
    return View(low - margin, high + margin)


def _is_decay(values: Array, low: float, high: float) -> bool:
    """Whether the values fall over orders of magnitude, rather than jump from one to another."""
    if low <= 0 or high <= LOG_RATIO * low or values[0] <= values[-1]:
        return False
    low_usual, high_usual = np.quantile(values, [0.25, 0.75])
    return math.log(high / high_usual) <= 8 * math.log(high_usual / low_usual)
