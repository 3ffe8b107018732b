"""A table as its readers hand it on: pieces of some thousand rows, cells as numbers or as text.

A reader is any Source; what stands in a column is decided by who asks, never by the reader.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from nncli.engine.types import Array
from nncli.errors import DataError

Column = str | int
"""A column's name; its position where the table has no header."""

MOST_COLUMNS = 1 << 20
"""A column takes some kilobytes before its first cell is read."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """Consecutive rows of a source."""

    source: Source
    start: int
    """Number of the first row; the source's first row is 0."""
    numbers: Array
    """Float64 (rows, number columns) in the order asked for; NaN where a cell is empty."""
    texts: tuple[list[str], ...]
    """One list of cells per text column asked for, without the blanks around them."""

    def __len__(self) -> int:
        return len(self.numbers)


class CellError(DataError):
    """Cells that can't be used; whoever chose the columns may know a further way out."""

    def __init__(self, message: str, *, positions: Sequence[int], remedy: str = "") -> None:
        self.message, self.remedy = message, remedy
        self.positions = tuple(positions)
        super().__init__(f"{message}; {remedy}" if remedy else message)


class TextError(CellError):
    """Text in columns that are read as numbers."""


class MissingError(CellError):
    """Cells that are empty and mustn't be."""


class OptionError(DataError):
    """A table that wants another reading option than it was given."""

    def __init__(self, message: str, *, option: str, wanted: bool | str, given: bool | str) -> None:
        self.message, self.option, self.wanted = message, option, wanted
        self.given = f"{option}: {_in_yaml(given)}"
        super().__init__(f"{message}; say data.{option}: {_in_yaml(wanted)}")


def _in_yaml(value: bool | str) -> str:
    is_plain = isinstance(value, str) and value.isprintable()
    return repr(value) if is_plain else json.dumps(value)


def refuse_too_wide(label: str, columns: int) -> None:
    """Refuse a table of so many columns, if they alone would fill the memory.

    Raises:
        DataError: They would.
    """
    if columns > MOST_COLUMNS:
        raise DataError(
            f"{label} has {columns:,} columns; save it with {MOST_COLUMNS:,} of them at most"
        )


class Source(Protocol):
    """Something that tables are read from, as often as asked."""

    @property
    def label(self) -> str:
        """What messages call it, as a rule its path."""

    @property
    def path(self) -> Path:
        """Where it is; with `*` in it for several files that are read as one table."""

    @property
    def missing(self) -> frozenset[str]:
        """The texts that hold no value."""

    @property
    def names(self) -> tuple[Column, ...]:
        """The columns, in order."""

    def chunks(self, numbers: Sequence[int], texts: Sequence[int] = ()) -> Iterator[Table]:
        """Read all rows piece by piece; columns are asked for by position.

        Raises:
            TextError: Text in columns of numbers.
            DataError: Rows of different lengths, or a file that can't be read.
        """

    def place(self, row: int) -> str:
        """Return where a row (from 0) stands: "line 7", counted from 1."""

    def files(self) -> list[tuple[Path, int]]:
        """Return the files, each with its number of rows, once all have been read."""
