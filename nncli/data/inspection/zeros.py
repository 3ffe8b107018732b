"""Zeros that may stand for missing cells: a column whose other numbers keep away from zero."""

from __future__ import annotations

import numpy as np

from nncli.data.inspection.contents import Content

_FEWEST_NUMBERS = 10
_STEPS = 5
"""How many of the usual steps between neighbours the smallest number must be away from zero ..."""
_SHARE = 0.01
"""... and what part of the largest number it must be at least."""


def suspicious_zeros(content: Content) -> int:
    """Return how many zeros a column has that no other number comes near; 0 where that is fine.

    A blood pressure of 0 among those from 24 to 122 is none; 0 among 0, 1, 2, ... is a number.
    """
    if content.values is None:
        return 0
    values = content.values[content.present]
    zeros = int((values == 0).sum())
    numbers = np.unique(values[values != 0])
    if not zeros or zeros > len(values) / 2 or len(numbers) < _FEWEST_NUMBERS or numbers[0] < 0:
        return 0
    gap = max(_STEPS * float(np.median(np.diff(numbers))), _SHARE * float(numbers[-1]))
    return zeros if numbers[0] >= gap else 0
