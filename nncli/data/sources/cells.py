"""What a cell of text says: a number, nothing at all, or a class label."""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Sequence

import numpy as np

from nncli.engine.types import Array

Label = str | int | float | bool

MISSING = frozenset(
    ("", "?", "NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "-nan", "NULL", "null")
)
"""Cells that hold no value, unless the config says otherwise."""

BOOLEANS = {"true": True, "false": False}


def number(cell: str, missing: Container[str] = MISSING) -> float:
    """Return the number that a cell spells, NaN for a missing one.

    Raises:
        ValueError: The cell is anything else.
    """
    text = cell.strip()
    if text in missing:
        return math.nan
    if "_" in text:  # Python's own spelling of thousands, which no table means
        raise ValueError(text)
    return float(text)


def is_number(cell: str) -> bool:
    """Tell whether a cell spells a number, or is missing."""
    try:
        number(cell)
    except ValueError:
        return False
    return True


def numbers(cells: Sequence[str], missing: Container[str] = MISSING) -> Array:
    """Return the numbers of cells as float64 (cells,), see number.

    Raises:
        ValueError: A cell is neither a number nor missing.
    """
    try:
        if "_" not in "".join(cells):
            return np.fromiter(map(float, cells), np.float64, len(cells))
    except ValueError:
        pass
    return np.fromiter((number(cell, missing) for cell in cells), np.float64, len(cells))


def labels(texts: Iterable[str]) -> list[Label]:
    """Return class labels in the one type that fits all: numbers (whole ones as int), bool, str."""
    texts = list(texts)
    if all(text.lower() in BOOLEANS for text in texts):
        return [BOOLEANS[text.lower()] for text in texts]
    try:
        values = [number(text) for text in texts]
    except ValueError:
        return list(texts)
    if not all(map(math.isfinite, values)):
        return list(texts)
    return [whole(value) for value in values]


def whole(value: float) -> int | float:
    """Return a number as int where it is whole."""
    return int(value) if value.is_integer() else value
