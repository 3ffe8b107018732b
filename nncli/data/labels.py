"""Class labels: gathered from a column of text, put in order, and made what a loss wants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from nncli.data import faults
from nncli.data.naming import listed, nearest, shown
from nncli.data.section import Label
from nncli.data.sources import cells
from nncli.data.sources.table import Source, Table
from nncli.engine.types import Array
from nncli.errors import ConfigError, DataError

TargetEncoding = Literal["values", "binary", "one_hot", "index"]
"""What loss and last layer want of a target: its numbers, 0/1 in a column, a column per class
with a single 1, or the number of the class."""

_MOST_FRACTIONAL = 20
_FEW_ROWS = 20


@dataclass(frozen=True)
class Classes:
    """The labels in order; a label's place is its index."""

    labels: tuple[Label, ...]

    def index(self, table: Table, texts: Sequence[str], position: int) -> Array:
        """Return the class index (int32) of each text of a table's column.

        Raises:
            DataError: A text is missing or none of the labels.
        """
        codes, distinct = encode(texts)
        places = {label: place for place, label in enumerate(self.labels)}
        known = {text: places.get(_like(text, self.labels[0])) for text in distinct}
        for row, text in enumerate(texts if None in known.values() else ()):
            if known[text] is None:
                raise self._unknown(table, row, text, position)
        return np.array([known[text] for text in distinct], np.int32)[codes]

    def _unknown(self, table: Table, row: int, text: str, position: int) -> DataError:
        source = table.source
        if text in cells.MISSING:
            return faults.missing_labels(source, position)
        close = nearest(text, [str(label) for label in self.labels])
        return DataError(
            f"{source.label}: line {source.line(table.start + row)}, column "
            f"{source.names[position]!r} has the label {text!r}, which is none of the classes "
            f"{listed(self.labels)}" + (f"; did you mean {close!r}?" if close else "")
        )


@dataclass
class LabelColumn:
    """A column of labels as it is read piece by piece."""

    codes: list[Array] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)

    def append(self, texts: Iterable[str]) -> None:
        """Add the labels of further rows."""
        self.codes.append(encode(texts, self.places)[0])

    def settle(
        self, source: Source, position: int, order: tuple[Label, ...] | None
    ) -> tuple[Classes, Array]:
        """Return the classes, sorted or in the order given, and each row's class index (int32).

        Raises:
            DataError: Missing labels, a single class, or a column that doesn't hold classes.
            ConfigError: A label isn't in the order given.
        """
        texts = list(self.places)
        if any(text in cells.MISSING for text in texts):
            raise faults.missing_labels(source, position)
        labels = cells.labels(texts)
        codes = np.concatenate(self.codes)
        _check_plausible(source, position, labels, len(codes))
        classes = sorted(set(labels)) if order is None else _ordered(labels, order)
        places = {label: place for place, label in enumerate(classes)}
        return Classes(tuple(classes)), np.array([places[label] for label in labels], np.int32)[
            codes
        ]


def encode(texts: Iterable[str], places: dict[str, int] | None = None) -> tuple[Array, list[str]]:
    """Return for each text the number of its first appearance, and the texts by that number."""
    places = {} if places is None else places
    codes = np.array([places.setdefault(text, len(places)) for text in texts], np.int32)
    return codes, list(places)


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
