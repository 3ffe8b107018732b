"""Class labels: found in a column of text, put in order, and made what a loss wants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.data import faults
from nncli.data.naming import listed, nearest, shown
from nncli.data.sources import cells
from nncli.data.sources.cells import Label
from nncli.data.sources.table import Source, Table
from nncli.data.texts import Texts
from nncli.engine.types import Array
from nncli.errors import ConfigError, DataError

TargetEncoding = Literal["values", "binary", "one_hot", "index"]
"""What loss and last layer want of a target: its numbers (0 and 1 for several columns of yes and
no), 0/1 in a column, a column per class with a single 1, or the number of the class."""

_MOST_FRACTIONAL = 20
_FEW_ROWS = 20


@dataclass(frozen=True)
class Classes:
    """The labels in order; a label's place is its index."""

    labels: tuple[Label, ...]

    @classmethod
    def of(
        cls,
        texts: Texts,
        source: Source,
        position: int,
        *,
        order: tuple[Label, ...] | None = None,
        missing: str = "error",
    ) -> Classes:
        """Return the classes of a table's target column, sorted or in the order given.

        Raises:
            DataError: Missing labels, a single class, or a column that doesn't hold classes.
            ConfigError: A label isn't in the order given.
        """
        if "" in texts.distinct and missing == "error":
            raise faults.missing_labels(source, position)
        labels = cells.labels(text for text in texts.distinct if text)
        _check_plausible(source, position, labels, len(texts.codes))
        return cls(tuple(sorted(set(labels)) if order is None else _ordered(labels, order)))

    def index(self, texts: Texts) -> Array:
        """Return each row's class index, int32; -1 where it has no label of these."""
        found = places(self.labels, texts.distinct)
        index = np.array([-1 if place is None else place for place in found], np.int32)
        return index[texts.codes]

    def check(
        self, table: Table, texts: Sequence[str], position: int, missing: str = "error"
    ) -> None:
        """Look at the labels of some rows of another table.

        Raises:
            DataError: One is none of the classes, or is missing and mustn't be.
        """
        distinct = list(dict.fromkeys(texts))
        free = table.source.missing if missing == "drop" else frozenset[str]()
        known = dict(zip(distinct, places(self.labels, distinct), strict=True))
        unknown = {text for text, place in known.items() if place is None} - free
        if unknown:
            row = next(row for row, text in enumerate(texts) if text in unknown)
            raise self._unknown(table, row, texts[row], position)

    def _unknown(self, table: Table, row: int, text: str, position: int) -> DataError:
        source = table.source
        if text in source.missing:
            return faults.missing_labels(source, position)
        close = nearest(text, [str(label) for label in self.labels])
        return DataError(
            f"{source.label}: {source.place(table.start + row)}, column "
            f"{source.names[position]!r} has the label {text!r}, which is none of the classes "
            f"{listed(self.labels)}" + (f"; did you mean {close!r}?" if close else "")
        )


def places(labels: Sequence[Label], texts: Iterable[str]) -> list[int | None]:
    """Return which of the labels each text spells, None for none of them."""
    known = {label: place for place, label in enumerate(labels)}
    return [known.get(_like(text, labels[0])) if labels else None for text in texts]


def as_target(index: Array, classes: Classes, encoding: TargetEncoding, dtype: str) -> Array:
    """Return class indices (rows,) as the target (rows, columns) that an encoding stands for."""
    if encoding == "one_hot":
        return np.eye(len(classes.labels), dtype=dtype)[index]
    return index[:, np.newaxis].astype(np.int32 if encoding == "index" else dtype)


def _like(text: str, label: Label) -> Label:
    """Return what a text says in the type of the known labels, the text itself if nothing."""
    if isinstance(label, bool):
        return cells.BOOLEANS.get(text.lower(), text)
    if isinstance(label, str):
        return text
    try:
        return cells.whole(cells.number(text))
    except ValueError:
        return text


def _ordered(labels: Sequence[Label], order: tuple[Label, ...]) -> list[Label]:
    wanted = [_like(str(label), labels[0]) for label in order]
    strange = sorted({str(label) for label in labels if label not in wanted})
    if strange:
        raise ConfigError.at(
            ("data", "classes"),
            f"the target column also holds {listed(strange)}",
            f"list all labels, or leave data.classes out: {listed(sorted(map(str, set(labels))))}",
        )
    typed = {label: label for label in labels}
    return [typed.get(label, label) for label in wanted]


def _check_plausible(source: Source, position: int, labels: Sequence[Label], rows: int) -> None:
    name = source.names[position]
    distinct = set(labels)
    if len(distinct) == 1:
        raise DataError(
            f"{source.label}: the target column {name!r} holds one class only, "
            f"{shown(labels[0])}; there is nothing to tell apart"
        )
    fractional = [label for label in labels if isinstance(label, float)]
    if fractional and len(distinct) > _MOST_FRACTIONAL:
        raise DataError(
            f"{source.label}: the target column {name!r} holds {len(distinct)} different "
            f"fractional numbers (as {fractional[0]}), not classes; to predict numbers take a loss "
            "such as mean_squared_error"
        )
    if rows > _FEW_ROWS and len(distinct) > rows / 2:
        raise DataError(
            f"{source.label}: the target column {name!r} has {len(distinct)} different labels "
            f"in {rows} rows (as {shown(labels[0])}), too many for classes; is it the right "
            "column? To predict numbers take a loss such as mean_squared_error"
        )
