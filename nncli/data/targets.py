"""One of the network's outputs: its target columns, and the array that the loss wants of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, cast

import numpy as np

from nncli.data import scaling
from nncli.data.blocks import Block, Piece, Wanted
from nncli.data.checking import Demands, both, check_texts, take_numbers
from nncli.data.kinds.boolean import WORDS, Boolean
from nncli.data.labels import Classes, TargetEncoding, as_target
from nncli.data.scaling import ScaleMethod, Scaling
from nncli.data.sources.cells import Label
from nncli.data.sources.table import Column, Source
from nncli.data.texts import Texts
from nncli.engine.types import Array, Shape

Holds = Literal["values", "classes", "labels", "inputs"]
"""What a target's columns hold: numbers, classes, yes or no in each of several columns, or nothing,
since the network's inputs are to come out again."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """What is to become of an output's target columns."""

    name: str | None
    """The output's, where there are several."""
    columns: tuple[Column, ...]
    holds: Holds
    dtype: str
    """The model's precision."""
    scale: ScaleMethod = "none"
    missing: Literal["error", "drop"] = "error"

    @property
    def wanted(self) -> Wanted:
        """The columns to read."""
        if self.holds == "values":
            return Wanted(numbers=self.columns)
        return Wanted(texts=self.columns)

    @property
    def stored_as(self) -> str:
        """The type that numbers are kept in."""
        return self.dtype

    def take(self, piece: Piece) -> Array:
        """Return a piece's numbers once all its cells are found to be fit.

        Raises:
            DataError: One isn't. Class labels are looked at later.
        """
        columns = len(self.wanted.numbers)
        if self.holds == "labels":
            check_texts(piece, [Boolean(missing=self.missing)] * len(self.columns))
        optional, logarithmic = self.missing == "drop", self.scale == "log1p"
        demands = Demands.of(columns, optional=optional, logarithmic=logarithmic)
        return take_numbers(piece, self.dtype, demands)

    def complete(self, block: Block) -> Array | None:
        """Return which rows have a target, where the others are dropped; None for all."""
        if self.missing != "drop" or not self.columns:
            return None
        numbers = np.logical_not(np.isnan(block.numbers).any(axis=1))
        return both((numbers, *(~texts.missing() for texts in block.texts)))

    def find_classes(
        self,
        block: Block,
        source: Source,
        positions: Sequence[int],
        order: tuple[Label, ...] | None,
    ) -> Classes | None:
        """Return the classes that a table's rows are of; None where the target isn't classes.

        Raises:
            DataError: Labels are missing, or are no classes.
            ConfigError: A label isn't in the order given.
        """
        if self.holds != "classes":
            return None
        texts, missing = block.texts[0], self.missing
        return Classes.of(texts, source, positions[0], order=order, missing=missing)

    def fit(self, block: Block, classes: Classes | None) -> FittedTarget:
        """Return what the training rows teach."""
        scaled = None
        if self.holds == "values" and self.scale != "none":
            scaled = scaling.fit([self.scale] * len(self.columns), block.numbers)
        settings = {each.name: getattr(self, each.name) for each in fields(self)}
        return FittedTarget(**settings, encoding="values", classes=classes, scaling=scaled)


@dataclass(frozen=True, kw_only=True)
class FittedTarget(Target):
    """An output's target columns with all that turns them into its array, and answers back."""

    encoding: TargetEncoding
    classes: Classes | None
    scaling: Scaling | None
    shape: Shape | None = None
    """Of one row of the output, whose values come in the columns' order; None for (columns,)."""

    @property
    def labels(self) -> tuple[Label, ...] | None:
        """The class labels in order; None where the target isn't classes."""
        return None if self.classes is None else self.classes.labels

    def formed(self, encoding: TargetEncoding, shape: Shape | None) -> FittedTarget:
        """Return the target in the form that the loss and the last layer want."""
        return replace(self, encoding=encoding, shape=shape if encoding == "values" else None)

    def index(self, block: Block) -> Array:
        """Return the number of each row's class, int32 (rows,); -1 where it has none."""
        assert self.classes is not None
        return self.classes.index(block.texts[0])

    def take(self, piece: Piece) -> Array:
        """Return a piece's numbers once all its cells are found to be fit.

        Raises:
            DataError: One isn't, as a label that is none of the classes.
        """
        if self.classes is not None:
            self.classes.check(piece.table, piece.texts[0], piece.text_positions[0], self.missing)
        return super().take(piece)

    def transform(self, block: Block, inputs: Array | None) -> Array:
        """Return the target (rows, ...) as the loss wants it; the block's numbers are overwritten.

        `inputs` are the rows as the network gets them, for a network that is to return them.
        """
        match self.holds:
            case "inputs":
                assert inputs is not None
                return self._shaped(inputs)
            case "classes":
                assert self.classes is not None
                return as_target(self.index(block), self.classes, self.encoding, self.dtype)
            case "labels":
                answers = np.stack([_yes(texts) for texts in block.texts], axis=1)
                return self._shaped(answers.astype(self.dtype))
            case _:
                if self.scaling is not None:
                    self.scaling.apply(block.numbers)
                return self._shaped(block.numbers)

    def undo(self, values: Array) -> Array:
        """Return targets or predictions (rows, ...) in the target's own units."""
        if self.scaling is None:
            return values
        return self.scaling.undo(values.reshape(len(values), -1)).reshape(values.shape)

    def _shaped(self, values: Array) -> Array:
        return values if self.shape is None else values.reshape(len(values), *self.shape)

    def to_json(self) -> dict[str, Any]:
        """Return plain data that from_json takes."""
        scaled = self.scaling
        return {
            "name": self.name,
            "columns": list(self.columns),
            "holds": self.holds,
            "dtype": self.dtype,
            "missing": self.missing,
            "encoding": self.encoding,
            "classes": self.labels and list(self.labels),
            "scale": self.scale,
            "offset": scaled and scaled.offset.tolist(),
            "divisor": scaled and scaled.divisor.tolist(),
            "shape": self.shape and list(self.shape),
        }

    @classmethod
    def from_json(cls, record: dict[str, Any]) -> FittedTarget:
        """Return what to_json wrote; KeyError, TypeError or ValueError where it can't be that."""
        classes, scaled = record["classes"], None
        if record["offset"] is not None:
            logarithmic = np.full(len(record["offset"]), record["scale"] == "log1p")
            offset, divisor = (np.array(record[k], np.float64) for k in ("offset", "divisor"))
            scaled = Scaling(offset, divisor, logarithmic)
        return cls(
            name=record["name"],
            columns=tuple(record["columns"]),
            holds=cast(Holds, str(record["holds"])),
            dtype=np.dtype(record["dtype"]).name,
            missing=record["missing"],
            encoding=cast(TargetEncoding, str(record["encoding"])),
            classes=classes and Classes(tuple(classes)),
            scale=record["scale"],
            scaling=scaled,
            shape=record["shape"] and tuple(record["shape"]),
        )


def _yes(texts: Texts) -> Array:
    return np.array([WORDS.get(text.lower(), 0.0) for text in texts.distinct])[texts.codes]
