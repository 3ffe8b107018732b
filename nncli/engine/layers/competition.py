"""A maximum that remembers who held it: arrays of one shape compete, number by number.

One after the other meets the best so far and wins if it is larger. So of equal ones the first is
taken, and the gradient belongs to the last who won, or to the first of all where nobody did.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nncli.engine.types import Array


def compete(first: Array, others: Sequence[Array], best: Array, wins: Array | None) -> None:
    """Write the largest to `best`, and in `wins`, (rows, others, ...), who won, if that is wanted.

    `first` may be one row for all.
    """
    so_far = first
    for number, other in enumerate(others):
        if wins is not None:
            np.greater(other, so_far, out=wins[:, number])
        so_far = np.maximum(other, so_far, out=best)


def share_out(d_best: Array, wins: Array, d_others: Sequence[Array]) -> None:
    """Give each gradient to who held the maximum; what the first one gets is left in `d_best`."""
    for number in reversed(range(len(d_others))):
        # As floats first: multiplied by booleans, numpy would convert in small pieces.
        d_other = d_others[number]
        np.copyto(d_other, wins[:, number])
        np.multiply(d_other, d_best, out=d_other)
        np.subtract(d_best, d_other, out=d_best)
