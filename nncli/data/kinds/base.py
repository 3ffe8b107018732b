"""The contract of a kind of column: what it reads, what it refuses, and what it learns.

A kind is its own config. What it learns from the training rows is a Learnt of its own, plain data
for preprocessing.json. A new kind is one file here and one line in `__init__.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, ClassVar, Literal, Self

from nncli.data.scaling import ScaleMethod
from nncli.data.texts import Texts
from nncli.engine.component import Component, require
from nncli.engine.types import Array

Missing = Literal[
    "error", "drop", "mean", "median", "most_frequent", "constant", "indicator"
]  # fmt: skip
MISSING_TEXT = "is missing"
"""The name of the feature that says so, after the column's."""


@dataclass(kw_only=True)
class Kind(Component):
    """Base of all kinds of columns."""

    reads: ClassVar[Literal["numbers", "texts", "nothing"]]
    ways: ClassVar[tuple[Missing, ...]] = ()
    """What may be done about missing cells."""
    instead: ClassVar[Missing] = "most_frequent"
    """What the table's default for missing cells means here where it isn't one of the ways."""

    missing: Missing | None = None
    """What to do about missing cells: `error`, `drop` (the row), `mean`, `median` or
    `most_frequent` (of the training rows), `constant` (see `value`), or `indicator` (where
    training rows lack cells, one more feature says which). By default what `data.missing` says."""
    value: str | int | float | bool | None = None
    """What a missing cell counts as, for `missing: constant`."""

    def check(self) -> None:
        """Refuse what can't be done about missing cells of this kind."""
        if self.missing is not None and self.missing not in self.ways:
            known = f"; it may be {', '.join(self.ways)}" if self.ways else ""
            raise ValueError(f"missing can't be {self.missing} for type {self.type}{known}")
        if self.missing == "constant":
            require(self.value is not None, "value is needed for missing: constant")
        else:
            require(self.value is None, "value is for missing: constant only")

    def settled(self, *, missing: Missing, scale: ScaleMethod) -> Self:
        """Return the kind with the table's defaults where it has no word of its own."""
        if self.missing is None and self.ways:
            return replace(self, missing=missing if missing in self.ways else self.instead)
        return self

    def fault(self, text: str) -> str | None:
        """Return what is wrong with a cell that isn't missing, as "must ..., but {} has ..."."""
        return None


@dataclass(frozen=True, kw_only=True)
class Learnt:
    """What a kind has learnt of a column."""

    indicator: bool = False
    """Whether there is a feature for missing cells."""

    def to_json(self) -> dict[str, Any]:
        """Return plain data that `from_json` takes."""
        return asdict(self)

    @classmethod
    def from_json(cls, record: dict[str, Any]) -> Self:
        """Return what `to_json` wrote; TypeError or KeyError where it can't be that."""
        values: dict[str, Any] = {field.name: record[field.name] for field in fields(cls)}
        settled: dict[str, Any] = {
            k: tuple(v) if isinstance(v, list) else v for k, v in values.items()
        }
        return cls(**settled)


@dataclass(kw_only=True)
class TextKind(Kind):
    """A kind that reads cells as text: what each text is worth is worked out once."""

    reads = "texts"
    learnt_as: ClassVar[type[Learnt]]

    def learn(self, texts: Texts) -> Learnt:
        """Return what the training rows' cells teach; missing texts are ""."""
        raise NotImplementedError

    def indicates(self, texts: Texts) -> bool:
        """Whether missing cells get a feature: where it was asked for, and there are some."""
        return self.missing == "indicator" and bool(texts.missing().any())

    def feature_names(self, learnt: Any) -> tuple[str, ...]:
        """Return what the features are called, to stand after the column's name."""
        raise NotImplementedError

    def encode(self, learnt: Any, texts: Sequence[str]) -> Array:
        """Return (texts, features) in float64; missing texts are ""."""
        raise NotImplementedError

    def strangers(self, learnt: Any, texts: Sequence[str]) -> list[int]:
        """Return the positions of texts that the training rows should have had."""
        return []
