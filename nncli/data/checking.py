"""Cells taken over from a piece of a table, or refused with the place where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from nncli.data import faults
from nncli.data.blocks import Piece
from nncli.data.kinds import Kind
from nncli.data.naming import shown
from nncli.data.sources.table import CellError
from nncli.engine.types import Array


@dataclass(frozen=True)
class Demands:
    """What is asked of columns of numbers, each (columns,) of bool."""

    optional: Array
    """Whether a cell may be missing."""
    logarithmic: Array
    """Whether the numbers must be above -1."""

    @classmethod
    def of(cls, columns: int, *, optional: bool = False, logarithmic: bool = False) -> Demands:
        """Return the same for all columns."""
        return cls(np.full(columns, optional), np.full(columns, logarithmic))


def take_numbers(piece: Piece, dtype: str, demands: Demands) -> Array:
    """Return a piece's numbers (rows, columns) in a dtype, as an array of their own.

    Whole numbers come as float64, which holds them all and NaN for missing ones.

    Raises:
        DataError: One is missing and mustn't be, infinite, or too large for the dtype.
    """
    integer = np.dtype(dtype).kind == "i"
    with np.errstate(over="ignore"):
        numbers = piece.numbers.astype(np.float64 if integer else dtype, order="C")
    numbers += 0.0  # so that "-0" is 0 whether it was read as an integer or not
    if not np.isfinite(numbers).all():
        bad = ~np.isfinite(numbers) & ~(np.isnan(numbers) & demands.optional)
        if bad.any():
            raise faults.not_finite(
                piece.table.source, piece.number_positions, dtype, demands.optional
            )
    if integer:
        _check_whole(piece, numbers, dtype)
    if demands.logarithmic.any():
        low = (numbers <= -1) & demands.logarithmic
        if low.any():
            raise faults.not_above(piece.table, piece.number_positions, numbers, low)
    return numbers


def check_texts(piece: Piece, kinds: Sequence[Kind]) -> None:
    """Look at cells that are to be categories, dates and the like.

    Raises:
        DataError: One is missing and mustn't be, or means nothing to its kind.
    """
    source = piece.table.source
    for kind, texts, position in zip(kinds, piece.texts, piece.text_positions, strict=True):
        distinct = set(texts)
        if kind.missing == "error" and not source.missing.isdisjoint(distinct):
            positions = [
                p for k, p in zip(kinds, piece.text_positions, strict=True) if k.missing == "error"
            ]
            raise faults.missing_cells(source, (), positions)
        bad = {text for text in distinct - source.missing if kind.fault(text)}
        if bad:
            row = next(row for row, text in enumerate(texts) if text in bad)
            raise CellError(
                f"{source.label}: column {shown(source.names[position])} {kind.fault(texts[row])}, "
                f"but {source.place(piece.table.start + row)} has {shown(texts[row])}",
                positions=[position],
                remedy="mend the cell",
            )


def both(masks: Iterable[Array | None]) -> Array | None:
    """Return which rows all the masks have; None stands for all rows."""
    given = [mask for mask in masks if mask is not None]
    return np.logical_and.reduce(given) if given else None


def _check_whole(piece: Piece, numbers: Array, dtype: str) -> None:
    limits = np.iinfo(dtype)
    whole = (numbers == np.rint(numbers)) & (numbers >= limits.min) & (numbers <= limits.max)
    wrong = ~whole & ~np.isnan(numbers)
    if wrong.any():
        raise faults.not_whole(piece.table, piece.number_positions, numbers, wrong, dtype)
