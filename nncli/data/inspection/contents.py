"""All columns of a table, read once: as numbers where every cell is one, else as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nncli.data.inference import kind_of
from nncli.data.kinds.base import Kind
from nncli.data.kinds.numeric import Numeric
from nncli.data.naming import shown
from nncli.data.sources.table import Column, Source, TextError
from nncli.data.texts import TextColumn, Texts
from nncli.engine.types import Array


@dataclass(frozen=True, kw_only=True)
class Content:
    """What stands in a column: either values or texts."""

    name: Column
    values: Array | None = None
    """Float64 (rows,), NaN where a cell is missing."""
    texts: Texts | None = None

    @cached_property
    def present(self) -> Array:
        """Which rows have a cell, bool (rows,)."""
        if self.texts is not None:
            return ~self.texts.missing()
        assert self.values is not None
        present: Array = ~np.isnan(self.values)
        return present

    @property
    def missing(self) -> int:
        """How many cells are missing."""
        return int((~self.present).sum())

    @cached_property
    def kind(self) -> Kind | None:
        """The kind that training would take the column for; None where it would ask."""
        if not self.present.any():
            return None
        return Numeric() if self.texts is None else kind_of(self.texts)

    @cached_property
    def codes(self) -> Array:
        """Which of the different cells each row has, int (rows,), in no particular order."""
        if self.texts is not None:
            return self.texts.codes
        assert self.values is not None
        _, codes = np.unique(self.values, return_inverse=True)
        return codes

    @cached_property
    def distinct(self) -> int:
        """How many different cells there are, missing ones not counted."""
        return len(np.unique(self.codes[self.present]))

    def some(self, most: int = 3) -> list[float] | list[str]:
        """Return a few of the different cells."""
        if self.texts is not None:
            return [text for text in self.texts.distinct if text][:most]
        assert self.values is not None
        return np.unique(self.values[self.present])[:most].tolist()

    def in_words(self) -> str:
        """Return what the column holds, in short."""
        lacking = f", {self.missing:,} missing" if self.missing else ""
        if not self.present.any():
            return "empty"
        if self.values is not None:
            low, high = np.min(self.values[self.present]), np.max(self.values[self.present])
            return f"{self.distinct:,} different numbers, {low:g} to {high:g}{lacking}"
        return f"{self.distinct:,} different texts, as {shown(self.some()[0])}{lacking}"

    @cached_property
    def whole(self) -> bool:
        """Whether all that is present are whole numbers."""
        if self.values is None:
            return False
        values = self.values[self.present]
        return bool((np.isfinite(values) & (values == np.round(values))).all())

    @cached_property
    def partition(self) -> bytes:
        """Equal for two columns whose cells tell the rows apart in the same way."""
        _, first, codes = np.unique(self.codes, return_index=True, return_inverse=True)
        order = np.argsort(np.argsort(first))
        return order[codes].astype(np.int32).tobytes()


@dataclass(frozen=True, kw_only=True)
class Inspected:
    """A table with what stands in its columns."""

    label: str
    """What messages call the table."""
    rows: int
    columns: Mapping[Column, Content]


def inspect(source: Source) -> Inspected:
    """Read a whole table.

    Raises:
        DataError: It can't be read.
    """
    texts: set[int] = set()
    while True:
        try:
            return _read(source, texts)
        except TextError as error:
            texts.update(error.positions)


def _read(source: Source, as_text: set[int]) -> Inspected:
    numbers = [position for position in range(len(source.names)) if position not in as_text]
    texts = {position: TextColumn(source.missing) for position in sorted(as_text)}
    pieces = []
    for table in source.chunks(numbers, tuple(texts)):
        pieces.append(table.numbers)
        for column, cells in zip(texts.values(), table.texts, strict=True):
            column.append(cells)
    columns = np.ascontiguousarray(np.concatenate(pieces).T)
    found = {p: Content(name=source.names[p], texts=t.finish()) for p, t in texts.items()}
    for position, values in zip(numbers, columns, strict=True):
        found[position] = Content(name=source.names[position], values=values)
    in_order = {source.names[position]: found[position] for position in sorted(found)}
    return Inspected(label=source.label, rows=columns.shape[1], columns=in_order)
