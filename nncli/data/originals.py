"""A few rows of a table as they stand there, for people to look at."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from nncli.data.preprocessing import Preprocessing
from nncli.data.sources.dialect import Dialect
from nncli.data.sources.opening import opened
from nncli.engine.types import Array


def original_cells(
    path: Path, rows: Array, preprocessing: Preprocessing, dialect: Dialect
) -> dict[str, list[str]]:
    """Return the columns of a table but for the targets, each with its cells in the rows asked for.

    What was read as numbers for training is so here, too, since text takes six times as long.

    Args:
        path: The table.
        rows: Their numbers, in any order.
        preprocessing: What the table was read for.
        dialect: How it is written.

    Raises:
        DataError: The table can't be read, or not to its end as it could be before.
    """
    with opened(path, dialect) as table:
        places = preprocessing.columns.places(table, scoring=True)
        targets = {places[name] for target in preprocessing.outputs for name in target.columns}
        numeric = {places[name] for part in preprocessing.inputs for name in part.wanted.numbers}
        numbers = sorted(numeric - targets)
        texts = sorted(set(range(len(table.names))) - numeric - targets)
        found: dict[int, list[str]] = {position: [""] * len(rows) for position in numbers + texts}
        for piece in table.chunks(numbers, texts):
            within = (rows >= piece.start) & (rows < piece.start + len(piece))
            for place in np.flatnonzero(within).tolist():
                row = int(rows[place]) - piece.start
                for position, value in zip(numbers, piece.numbers[row].tolist(), strict=True):
                    found[position][place] = _shown(value)
                for position, cells in zip(texts, piece.texts, strict=True):
                    found[position][place] = cells[row]
        return {str(table.names[position]): found[position] for position in sorted(found)}


def _shown(value: float) -> str:
    if np.isnan(value):
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
