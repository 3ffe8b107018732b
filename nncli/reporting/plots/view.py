"""Which part of a curve's values to show, so that a few huge ones don't flatten all the others."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from nncli.engine.types import Array

HUGE = 20.0
"""How many times the size of the usual values is left out of a picture."""

LOG_RATIO = 100.0
"""From which ratio of the largest to the smallest a logarithmic axis shows more."""

MARGIN = 0.05


@dataclass(frozen=True)
class View:
    """The ends of an axis. Where `logarithmic`, both are above zero."""

    bottom: float
    top: float
    logarithmic: bool = False


def view_of(values: Array) -> View:
    """Return what to show of finite values, of which there is at least one."""
    low, high = float(values.min()), float(values.max())
    if _is_decay(values, low, high):
        margin = (high / low) ** MARGIN
        return View(low / margin, high * margin, logarithmic=True)
    usual = HUGE * float(np.abs(np.quantile(values, [0.25, 0.75])).max())
    if 0 < usual < max(high, -low):
        inside = values[np.abs(values) <= usual]
        low, high = float(inside.min()), float(inside.max())
    margin = max(MARGIN * (high - low), 1e-3 * max(abs(high), abs(low)), 1e-12)
    return View(low - margin, high + margin)


def _is_decay(values: Array, low: float, high: float) -> bool:
    """Whether the values fall over orders of magnitude, rather than jump from one to another."""
    if low <= 0 or high <= LOG_RATIO * low:
        return False
    low_usual, high_usual = np.quantile(values, [0.25, 0.75])
    return math.log(high / high_usual) <= 8 * math.log(high_usual / low_usual)
