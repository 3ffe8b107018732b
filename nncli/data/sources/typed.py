"""What sources share whose columns know their types: numbers, or text of some kind."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nncli.data.naming import listed, shown
from nncli.data.sources.table import Column, TextError
from nncli.engine.types import Array

CHUNK_CELLS = 1 << 20


def rows_at_a_time(columns: int) -> int:
    """Return how many rows of so many columns are read at once."""
    return max(1, CHUNK_CELLS // max(1, columns))


def refuse_texts(
    label: str, names: Sequence[Column], positions: Sequence[int], kinds: Sequence[str]
) -> None:
    """Refuse columns of which numbers are wanted, but that hold something else.

    Args:
        label: What messages call the table.
        names: Of its columns.
        positions: Of the columns that are wanted as numbers.
        kinds: What each of the table's columns holds, "" for numbers.

    Raises:
        TextError: There are such columns.
    """
    bad = [position for position in positions if kinds[position]]
    if bad:
        others = f" (likewise {listed([names[p] for p in bad[1:]])})" if bad[1:] else ""
        raise TextError(
            f"{label}: column {shown(names[bad[0]])} must hold numbers, but is of type "
            f"{kinds[bad[0]]}{others}",
            positions=bad,
        )


def stacked(columns: Sequence[Array], rows: int) -> Array:
    """Return columns as one float64 array (rows, columns)."""
    numbers = np.empty((rows, len(columns)))
    for place, column in enumerate(columns):
        numbers[:, place] = column
    return numbers
