"""Columns of text as numbers of the different texts among them, so that each is looked at once."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

import numpy as np

from nncli.data.sources.cells import MISSING
from nncli.engine.types import Array


@dataclass(frozen=True)
class Texts:
    """Cells of one column."""

    codes: Array
    """Which of the distinct texts each row has, int32 (rows,)."""
    distinct: tuple[str, ...]
    """The texts; all that stand for a missing cell are one, the empty text."""

    def take(self, rows: Array) -> Texts:
        """Return the cells of some rows, by place."""
        return Texts(self.codes[rows], self.distinct)

    def counts(self) -> Array:
        """Return how many rows have each of the distinct texts."""
        return np.bincount(self.codes, minlength=len(self.distinct))

    def missing(self) -> Array:
        """Return which rows have no text, bool (rows,)."""
        empty = self.distinct.index("") if "" in self.distinct else -1
        return self.codes == empty


class TextColumn:
    """A column of texts as it is read piece by piece."""

    def __init__(self, missing: Container[str] = MISSING) -> None:
        self._missing = missing
        self._codes: list[Array] = []
        self._places: dict[str, int] = {}

    def append(self, texts: Iterable[str]) -> None:
        """Add further rows."""
        places = self._places
        codes = [places.setdefault(text, len(places)) for text in texts]
        self._codes.append(np.array(codes, np.int32))

    def finish(self) -> Texts:
        """Return all rows."""
        meant = ["" if text in self._missing else text for text in self._places]
        distinct = tuple(dict.fromkeys(meant))
        places = {text: place for place, text in enumerate(distinct)}
        merged = np.array([places[text] for text in meant], np.int32)
        codes = np.concatenate(self._codes) if self._codes else np.empty(0, np.int32)
        return Texts(merged[codes], distinct)


def as_texts(texts: Iterable[str], missing: Container[str] = MISSING) -> Texts:
    """Return a column that is there as a whole; `missing` says which texts hold no value."""
    column = TextColumn(missing)
    column.append(texts)
    return column.finish()
