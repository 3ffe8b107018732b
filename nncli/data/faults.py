"""Values that can't be trained on, explained by reading the table once more to count them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nncli.data.naming import counted, listed
from nncli.data.sources.table import CellError, MissingError, Source, Table
from nncli.engine.types import Array
from nncli.errors import DataError


def not_finite(
    source: Source, positions: Sequence[int], dtype: str, optional: Array
) -> CellError | DataError:
    """Explain which cells of the columns are empty, infinite or too large for the dtype.

    `optional` says of which columns cells may be empty.
    """
    needed = [position for position, free in zip(positions, optional, strict=True) if not free]
    return _missing(source, needed, ()) or _too_large(source, positions, dtype)


def missing_cells(source: Source, numbers: Sequence[int], texts: Sequence[int]) -> CellError:
    """Explain which cells of columns of numbers and of columns of text are empty."""
    found = _missing(source, numbers, texts)
    return found or CellError(str(_changed(source)), positions=())


def not_above(table: Table, positions: Sequence[int], numbers: Array, wrong: Array) -> CellError:
    """Explain the first of the numbers that have no log(1 + x)."""
    row, column = _first(wrong, 0)
    source = table.source
    return CellError(
        f"{source.label}: {source.place(table.start + row)}, column "
        f"{source.names[positions[column]]!r} holds {numbers[row, column]:g}, but scale log1p "
        "needs numbers above -1",
        positions=[positions[column]],
        remedy="mend the cell, or take another scale",
    )


def not_whole(
    table: Table, positions: Sequence[int], numbers: Array, wrong: Array, dtype: str
) -> CellError:
    """Explain the first of the numbers that are wrong for an Input of whole numbers."""
    row, column = _first(wrong, 0)
    source, limits = table.source, np.iinfo(dtype)
    return CellError(
        f"{source.label}: {source.place(table.start + row)}, column "
        f"{source.names[positions[column]]!r} holds {numbers[row, column]:g}, but the network's "
        f"Input has dtype {dtype} and takes whole numbers from {limits.min} to {limits.max}",
        positions=[positions[column]],
        remedy="mend the cell, or train with dtype: float32 for the Input",
    )


def negative_weight(table: Table, position: int, weights: Array) -> DataError:
    """Explain the first of the weights (rows,) that is below zero."""
    row, source = int(np.argmax(weights < 0)), table.source
    return DataError(
        f"{source.label}: {source.place(table.start + row)}, column "
        f"{source.names[position]!r} holds {weights[row]:g}, but a sample weight can't be "
        "negative; 0 is for rows that don't count"
    )


def missing_labels(source: Source, position: int) -> DataError:
    """Explain which rows have no label."""
    rows: list[int] = []
    found: set[str] = set()
    for table in source.chunks((), (position,)):
        rows += [table.start + i for i, text in enumerate(table.texts[0]) if text in source.missing]
        found |= source.missing.intersection(table.texts[0])
    marks = sorted(map(repr, found - {""}))
    why = f" ({listed(marks)} {'counts' if len(marks) == 1 else 'count'} as empty)" if marks else ""
    return DataError(
        f"{source.label}: {counted(len(rows), 'row')} without a label in the target column "
        f"{source.names[position]!r}{why}, the first in {source.place(rows[0])}; "
        "fill the cells, delete the rows, or leave them out with data.target_missing: drop"
    )


def _missing(source: Source, numbers: Sequence[int], texts: Sequence[int]) -> CellError | None:
    """Count the empty cells of columns of numbers and of columns of texts."""
    positions = [*numbers, *texts]
    counts = np.zeros(len(positions), np.int64)
    first: tuple[int, int] | None = None
    for table in source.chunks(numbers, texts):
        empty = [np.isnan(table.numbers)]
        empty += [np.array([[cell in source.missing] for cell in column]) for column in table.texts]
        missing = np.concatenate(empty, axis=1)
        counts += missing.sum(axis=0)
        if first is None and missing.any():
            first = _first(missing, table.start)
    if first is None:
        return None
    worst = sorted((i for i in range(len(counts)) if counts[i]), key=lambda i: -int(counts[i]))
    listed = ", ".join(f"{counts[i]} in {source.names[positions[i]]!r}" for i in worst[:4])
    more = f" and in {counted(len(worst) - 4, 'more column')}" if len(worst) > 4 else ""
    return MissingError(
        f"{source.label}: {counted(int(counts.sum()), 'empty cell')} ({listed}{more}), the first "
        f"in {source.place(first[0])}, column {source.names[positions[first[1]]]!r}",
        positions=[positions[i] for i in worst],
        remedy="fill them or delete the rows",
    )


def _too_large(source: Source, positions: Sequence[int], dtype: str) -> DataError:
    for table in source.chunks(positions):
        with np.errstate(over="ignore"):
            bad = np.isinf(table.numbers.astype(dtype))
        if bad.any():
            row, column = _first(bad, table.start)
            value = table.numbers[row - table.start, column]
            what = "an infinite value" if np.isinf(value) else f"{value:g}, too large for {dtype}"
            name = source.names[positions[column]]
            return CellError(
                f"{source.label}: {source.place(row)}, column {name!r} holds {what}",
                positions=[positions[column]],
                remedy="replace it or delete the row",
            )
    return _changed(source)


def _changed(source: Source) -> DataError:
    return DataError(f"{source.label} changed while it was read")


def _first(found: Array, start: int) -> tuple[int, int]:
    row, column = np.argwhere(found)[0]
    return start + int(row), int(column)
