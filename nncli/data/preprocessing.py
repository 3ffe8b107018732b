"""What was learnt from the training rows about turning a table into a network's arrays.

With the reading options it is all that evaluate and predict need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import numpy as np

from nncli.data import faults
from nncli.data.columns import Columns
from nncli.data.labels import Classes, TargetEncoding, as_target
from nncli.data.scaling import Scaler
from nncli.data.section import Label
from nncli.data.sources.table import Column, Source, Table
from nncli.engine.types import Array, Arrays
from nncli.errors import DataError


@dataclass(frozen=True, kw_only=True)
class Preprocessing:
    """The way from a table's rows to inputs and targets.

    Tables are to be read with the columns that find_features and find_targets ask for: features
    first among the numbers, then a values target; a class target first among the texts.
    """

    columns: Columns
    encoding: TargetEncoding
    dtype: str
    """Of the targets, the model's precision."""
    input_dtype: str
    """Of the inputs: dtype again, or int32 for an Input of whole numbers."""
    scaler: Scaler | None
    known: Classes | None
    """The classes; None where the target is numbers."""

    @property
    def feature_names(self) -> tuple[Column, ...]:
        """The columns that make up the input, in order."""
        return self.columns.features

    @property
    def target_names(self) -> tuple[Column, ...]:
        """The target's columns."""
        return self.columns.targets

    @property
    def classes(self) -> tuple[Label, ...] | None:
        """The class labels in order; None where the target is numbers."""
        return None if self.known is None else self.known.labels

    def transform(self, table: Table) -> Arrays:
        """Return the inputs, one array (rows, features) per Input of the model.

        Raises:
            DataError: A cell is empty, infinite or too large, or a fraction for whole numbers.
        """
        features = read_features(table, self.columns, self.input_dtype)
        if self.scaler is not None:
            self.scaler.apply(features)
        return (features,)

    def transform_targets(self, table: Table) -> Arrays:
        """Return the targets, one array (rows, columns) per output of the model.

        Raises:
            DataError: A label is unknown or missing, a value missing or infinite.
        """
        find = self.columns.find_targets
        if self.known is None:
            return (finite(table, slice(len(self.columns.features), None), find, self.dtype),)
        position = find(table.source)[0]
        index = self.known.index(table, table.texts[0], position)
        return (as_target(index, self.known, self.encoding, self.dtype),)

    def to_json(self) -> dict[str, Any]:
        """Return the contents of preprocessing.json."""
        scaler = self.scaler
        return {
            "features": list(self.columns.features),
            "targets": list(self.columns.targets),
            "width": self.columns.width,
            "encoding": self.encoding,
            "dtype": self.dtype,
            "input_dtype": self.input_dtype,
            "scaling": scaler
            and {"offset": scaler.offset.tolist(), "scale": scaler.scale.tolist()},
            "classes": self.known and list(self.known.labels),
        }

    @classmethod
    def from_json(cls, record: dict[str, Any]) -> Preprocessing:
        """Return what to_json wrote.

        Raises:
            DataError: Something is missing or isn't what to_json writes.
        """
        try:
            scaling, classes = record["scaling"], record["classes"]
            return cls(
                columns=Columns(
                    features=tuple(record["features"]),
                    targets=tuple(record["targets"]),
                    width=int(record["width"]),
                ),
                encoding=cast(TargetEncoding, str(record["encoding"])),
                dtype=np.dtype(record["dtype"]).name,
                input_dtype=np.dtype(record["input_dtype"]).name,
                scaler=scaling and Scaler(_floats(scaling["offset"]), _floats(scaling["scale"])),
                known=classes and Classes(tuple(classes)),
            )
        except KeyError as error:
            raise DataError(f"the preprocessing record is damaged: it lacks {error}") from None
        except (TypeError, ValueError):
            raise DataError(
                "the preprocessing record is damaged: it holds what training never writes"
            ) from None


def read_features(table: Table, columns: Columns, dtype: str) -> Array:
    """Return a table's features in an Input's dtype, as an array of their own.

    Raises:
        DataError: A cell can't be one of the dtype's numbers.
    """
    part = slice(0, len(columns.features))
    if np.dtype(dtype).kind == "f":
        return finite(table, part, columns.find_features, dtype)
    numbers = finite(table, part, columns.find_features, "float64")
    with np.errstate(invalid="ignore"):
        whole = numbers.astype(dtype)
    if not np.array_equal(whole, numbers):
        wrong = whole != numbers
        raise faults.not_whole(table, columns.find_features(table.source), numbers, wrong, dtype)
    return whole


def finite(
    table: Table, part: slice, find: Callable[[Source], tuple[int, ...]], dtype: str
) -> Array:
    """Return some of a table's numbers in a dtype, as an array of their own.

    Raises:
        DataError: One is missing, infinite or too large for the dtype.
    """
    with np.errstate(over="ignore"):
        numbers = table.numbers[:, part].astype(dtype, order="C")
    numbers += 0.0  # so that "-0" is 0 whether it was read as an integer or not
    if not np.isfinite(numbers).all():
        raise faults.not_finite(table.source, find(table.source), dtype)
    return numbers


def _floats(values: list[float]) -> Array:
    return np.array(values, dtype=np.float64)
