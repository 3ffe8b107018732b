"""One of the network's inputs: its columns, what was learnt of them, and the array they become."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np

from nncli.data import scaling
from nncli.data.blocks import Block, Piece, Wanted
from nncli.data.checking import Demands, both, check_texts, take_numbers
from nncli.data.kinds import Kind
from nncli.data.kinds.base import MISSING_TEXT, Learnt, TextKind
from nncli.data.kinds.numeric import LearntNumbers, Numeric
from nncli.data.naming import in_yaml
from nncli.data.report import Report
from nncli.data.scaling import Scaling
from nncli.data.sources.table import Column
from nncli.engine.types import Array
from nncli.errors import DataError


@dataclass(frozen=True, kw_only=True)
class Features:
    """What is to become of an input's columns: their kinds, settled."""

    name: str | None
    """The Input layer's; None where there is no layer."""
    dtype: str
    """Of the input: the model's precision, or int32 for whole numbers."""
    kinds: Mapping[Column, Kind]
    """The columns in order."""

    @cached_property
    def numbers(self) -> dict[Column, Numeric]:
        """The columns of numbers."""
        return {name: kind for name, kind in self.kinds.items() if isinstance(kind, Numeric)}

    @cached_property
    def texts(self) -> dict[Column, TextKind]:
        """The columns that are read as text."""
        return {name: kind for name, kind in self.kinds.items() if isinstance(kind, TextKind)}

    @cached_property
    def wanted(self) -> Wanted:
        """The columns to read."""
        return Wanted(numbers=tuple(self.numbers), texts=tuple(self.texts))

    @property
    def stored_as(self) -> str:
        """The type of numbers that the columns are kept in until they are complete."""
        return "float64" if np.dtype(self.dtype).kind == "i" else self.dtype

    @cached_property
    def _demands(self) -> Demands:
        kinds = self.numbers.values()
        return Demands(
            np.array([kind.missing != "error" for kind in kinds], bool),
            np.array([kind.scale == "log1p" for kind in kinds], bool),
        )

    def take(self, piece: Piece) -> Array:
        """Return a piece's numbers once all its cells are found to be fit for their kinds.

        Raises:
            DataError: One isn't.
        """
        check_texts(piece, tuple(self.texts.values()))
        return take_numbers(piece, self.dtype, self._demands)

    def complete(self, block: Block) -> Array | None:
        """Return which rows lack no cell for whose sake they are dropped; None for all."""
        numbers = (
            ~np.isnan(block.numbers[:, place])
            for place, kind in enumerate(self.numbers.values())
            if kind.missing == "drop"
        )
        texts = (
            ~column.missing()
            for column, kind in zip(block.texts, self.texts.values(), strict=True)
            if kind.missing == "drop"
        )
        return both((*numbers, *texts))

    def fit(self, block: Block, label: str) -> FittedFeatures:
        """Return what the training rows of a table, which messages call so, teach.

        Raises:
            DataError: A column of which missing cells are to be filled in has no other cells.
        """
        learnt: dict[Column, Learnt] = {}
        fills = np.zeros(len(self.numbers))
        indicators = np.zeros(len(self.numbers), bool)
        incomplete = False
        for place, (name, kind) in enumerate(self.numbers.items()):
            if kind.missing not in ("error", "drop"):
                column = block.numbers[:, place]
                present = column[~np.isnan(column)]
                if not len(present) and kind.missing != "constant":
                    raise DataError(
                        f"{label}: column {name!r} is empty in all training rows; leave it out "
                        f"with data.drop: {in_yaml([name])}"
                    )
                fills[place] = kind.fill(present)
                indicators[place] = kind.missing == "indicator" and len(present) < len(column)
                incomplete = True
        methods = [kind.scale or "none" for kind in self.numbers.values()]
        found = scaling.fit(methods, block.numbers, fills if incomplete else None)
        columns = (fills, found.offset, found.divisor, indicators)
        rows = zip(self.numbers, *(column.tolist() for column in columns), strict=True)
        for name, fill, offset, divisor, indicator in rows:
            learnt[name] = LearntNumbers(
                fill=fill, offset=offset, divisor=divisor, indicator=indicator
            )
        for (name, text), texts in zip(self.texts.items(), block.texts, strict=True):
            learnt[name] = text.learn(texts)
        return FittedFeatures(name=self.name, dtype=self.dtype, kinds=self.kinds, learnt=learnt)


@dataclass(frozen=True, kw_only=True)
class FittedFeatures(Features):
    """An input's columns with all that turns them into its array."""

    learnt: Mapping[Column, Any]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What each of the features is called."""
        return tuple(name for names in self._names.values() for name in names)

    @property
    def width(self) -> int:
        """How many features there are."""
        return len(self.names)

    @cached_property
    def _names(self) -> dict[Column, list[str]]:
        names = {}
        for name, kind in self.kinds.items():
            if isinstance(kind, TextKind):
                parts = kind.feature_names(self.learnt[name])
            else:
                parts = ("", f" {MISSING_TEXT}") if self.learnt[name].indicator else ("",)
            names[name] = [f"{name}{part}" for part in parts]
        return names

    @cached_property
    def _fills(self) -> Array | None:
        kinds = self.numbers.values()
        if all(kind.missing == "error" for kind in kinds):
            return None
        return np.array([self.learnt[name].fill for name in self.numbers])

    @cached_property
    def _scaling(self) -> Scaling:
        learnt = [self.learnt[name] for name in self.numbers]
        return Scaling(
            np.array([each.offset for each in learnt]),
            np.array([each.divisor for each in learnt]),
            self._demands.logarithmic,
        )

    def transform(self, block: Block, report: Report) -> Array:
        """Return the input (rows, features); the block's numbers are overwritten."""
        numbers = block.numbers
        missing = None if self._fills is None else np.isnan(numbers)
        if missing is not None and self._fills is not None:
            np.copyto(numbers, self._fills.astype(numbers.dtype), where=missing)
        self._scaling.apply(numbers)
        if self.width == numbers.shape[1]:
            return numbers.astype(self.dtype, copy=False)
        features = np.empty((len(numbers), self.width), self.dtype)
        start = 0
        number, texts = iter(range(numbers.shape[1])), iter(block.texts)
        for name, kind in self.kinds.items():
            stop = start + len(self._names[name])
            if isinstance(kind, TextKind):
                features[:, start:stop] = self._encode(name, kind, next(texts), report)
            else:
                place = next(number)
                features[:, start] = numbers[:, place]
                if missing is not None and stop - start > 1:
                    features[:, start + 1] = missing[:, place]
            start = stop
        return features

    def _encode(self, name: Column, kind: TextKind, texts: Any, report: Report) -> Array:
        learnt = self.learnt[name]
        strangers = kind.strangers(learnt, texts.distinct)
        counts = texts.counts()
        for place in strangers:
            if counts[place]:
                report.add_unseen(name, texts.distinct[place], int(counts[place]))
        rows: Array = kind.encode(learnt, texts.distinct)[texts.codes]
        return rows

    def to_json(self) -> dict[str, Any]:
        """Return plain data that from_json takes."""
        columns = [
            {
                "column": name,
                "type": kind.type,
                **{f.name: getattr(kind, f.name) for f in fields(kind)},
                **self.learnt[name].to_json(),
            }
            for name, kind in self.kinds.items()
        ]
        return {"name": self.name, "dtype": self.dtype, "columns": columns}

    @classmethod
    def from_json(cls, record: dict[str, Any]) -> FittedFeatures:
        """Return what to_json wrote; KeyError, TypeError or ValueError where it can't be that."""
        kinds: dict[Column, Kind] = {}
        learnt: dict[Column, Learnt] = {}
        for entry in record["columns"]:
            name, member = entry["column"], Kind.members[entry["type"]]
            values = {f.name: entry[f.name] for f in fields(member)}
            kinds[name] = member(
                **{k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
            )
            learnt_as = getattr(member, "learnt_as", LearntNumbers)
            learnt[name] = learnt_as.from_json(entry)
        return cls(
            name=record["name"], dtype=np.dtype(record["dtype"]).name, kinds=kinds, learnt=learnt
        )
