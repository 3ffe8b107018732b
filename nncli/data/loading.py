"""Whole tables as arrays, grown as they are read so that a table is never in memory twice."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nncli.data.columns import Columns
from nncli.data.labels import Classes, LabelColumn
from nncli.data.naming import in_yaml
from nncli.data.preprocessing import Preprocessing, finite, read_features
from nncli.data.section import Label
from nncli.data.sources.delimited import DelimitedFile, open_table
from nncli.data.sources.files import FileRecord, fingerprint
from nncli.data.sources.table import CellError
from nncli.engine.types import Array, Arrays
from nncli.errors import DataError


@dataclass(frozen=True)
class Dataset:
    """Rows ready for the network, in the order of their table."""

    inputs: Arrays
    """One array per Input of the model, rows first."""
    targets: Arrays
    """One array per output of the model, rows first."""
    rows: Array
    """Each row's number in its table, counted from 0."""
    path: Path
    """The table."""

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, rows: Array) -> Dataset:
        """Return the rows at the given places."""
        return Dataset(
            tuple(array[rows] for array in self.inputs),
            tuple(array[rows] for array in self.targets),
            self.rows[rows],
            self.path,
        )


@dataclass(frozen=True)
class RawTable:
    """The training table's columns before anything is learnt from them."""

    features: Array
    values: Array
    """Columns of a values target (rows, columns); none of them for classes."""
    classes: Classes | None
    index: Array | None
    """Class index of each row (int32), where the target is classes."""


class _Rows:
    """An array that grows by rows; memory is extended in place, not copied."""

    def __init__(self, width: int, dtype: str) -> None:
        self._array = np.empty((0, width), dtype)
        self._count = 0

    def append(self, block: Array) -> None:
        end = self._count + len(block)
        if end > len(self._array):
            size = max(end, len(self._array) * 9 // 8)
            self._array.resize((size, self._array.shape[1]), refcheck=False)
        self._array[self._count : end] = block
        self._count = end

    def finish(self) -> Array:
        self._array.resize((self._count, self._array.shape[1]), refcheck=False)
        return self._array


def load_raw(
    table: DelimitedFile,
    columns: Columns,
    *,
    holds_classes: bool,
    order: tuple[Label, ...] | None,
    dtype: str,
    input_dtype: str,
) -> RawTable:
    """Read the training table, its features as `input_dtype` and its values as `dtype`.

    Raises:
        DataError: The table, or a cell that is wanted, can't be used.
    """
    features, targets = columns.find_features(table), columns.find_targets(table)
    wanted = (features, targets) if holds_classes else (features + targets, ())
    inputs = _Rows(len(features), input_dtype)
    values = _Rows(0 if holds_classes else len(targets), dtype)
    labels = LabelColumn()
    try:
        for piece in table.chunks(*wanted):
            inputs.append(read_features(piece, columns, input_dtype))
            if holds_classes:
                labels.append(piece.texts[0])
            else:
                part = slice(len(features), None)
                values.append(finite(piece, part, columns.find_targets, dtype))
    except CellError as error:
        raise _with_way_out(error, table, targets) from None
    classes, index = labels.settle(table, targets[0], order) if holds_classes else (None, None)
    return RawTable(inputs.finish(), values.finish(), classes, index)


def _with_way_out(error: CellError, table: DelimitedFile, targets: tuple[int, ...]) -> DataError:
    """Add what the config can do about cells that can't be used."""
    ways = [error.remedy] if error.remedy else []
    if not set(error.positions) & set(targets):
        names = [table.names[position] for position in error.positions]
        what = "column" if len(names) == 1 else "columns"
        ways.append(f"leave the {what} out with data.drop: {in_yaml(names)}")
    elif not error.remedy:
        ways.append("to predict classes say data.task: classes, or take a crossentropy loss")
    return DataError(f"{error.message}; {', or '.join(ways)}")


def load(
    path: Path, preprocessing: Preprocessing, *, header: bool, delimiter: str | None
) -> tuple[Dataset, FileRecord]:
    """Read a further table, to test on or to evaluate.

    Raises:
        DataError: The table can't be read, lacks columns, or holds what training didn't know.
    """
    table = open_table(path, header=header, delimiter=delimiter)
    features = preprocessing.columns.find_features(table)
    targets = preprocessing.columns.find_targets(table)
    wanted = (features + targets, ()) if preprocessing.known is None else (features, targets)
    inputs: _Rows | None = None
    for piece in table.chunks(*wanted):
        x, y = preprocessing.transform(piece)[0], preprocessing.transform_targets(piece)[0]
        if inputs is None:
            inputs, outputs = _Rows(x.shape[1], x.dtype.name), _Rows(y.shape[1], y.dtype.name)
        inputs.append(x)
        outputs.append(y)
    if inputs is None:
        raise DataError(f"{table.label} has no rows")
    x, y = inputs.finish(), outputs.finish()
    record = FileRecord(path=path, sha256=fingerprint(path), rows=len(x))
    return Dataset((x,), (y,), np.arange(len(x)), path), record
