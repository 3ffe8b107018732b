"""Columns of two words, for yes and for no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.data.kinds.base import MISSING_TEXT, Learnt, TextKind
from nncli.data.texts import Texts
from nncli.engine.component import require
from nncli.engine.types import Array

WORDS = {
    "true": 1.0, "false": 0.0, "yes": 1.0, "no": 0.0, "y": 1.0, "n": 0.0, "t": 1.0, "f": 0.0,
    "on": 1.0, "off": 0.0, "1": 1.0, "0": 0.0, "1.0": 1.0, "0.0": 0.0,
}  # fmt: skip
"""What counts as yes and no, in any case."""


@dataclass(frozen=True, kw_only=True)
class LearntBoolean(Learnt):
    """What a missing cell counts as."""

    fill: float


@dataclass(kw_only=True)
class Boolean(TextKind):
    """True and false, yes and no, y and n, t and f, on and off, 1 and 0: one feature, 1 or 0.

    With `missing: indicator` there is one more; a missing cell then counts as the more frequent.
    """

    learnt_as = LearntBoolean
    ways = (
        "error", "drop", "most_frequent", "constant", "indicator",
    )  # fmt: skip

    type: Literal["boolean"] = "boolean"

    def check(self) -> None:
        """Refuse a value that is neither."""
        super().check()
        require(
            self.value is None or str(self.value).lower() in WORDS,
            f"value must be true or false for a boolean column, got {self.value!r}",
        )

    def fault(self, text: str) -> str | None:
        """Refuse other words."""
        known = text.lower() in WORDS
        return None if known else "must hold true or false (or yes/no, 1/0)"

    def learn(self, texts: Texts) -> LearntBoolean:
        """Return what a missing cell counts as."""
        if self.missing == "constant":
            return LearntBoolean(fill=WORDS[str(self.value).lower()])
        votes = [
            (2 * WORDS[text.lower()] - 1) * count
            for text, count in zip(texts.distinct, texts.counts().tolist(), strict=True)
            if text
        ]
        return LearntBoolean(fill=float(sum(votes) > 0), indicator=self.indicates(texts))

    def feature_names(self, learnt: LearntBoolean) -> tuple[str, ...]:
        """Return one or two names."""
        return ("", f" {MISSING_TEXT}") if learnt.indicator else ("",)

    def encode(self, learnt: LearntBoolean, texts: Sequence[str]) -> Array:
        """Return 1 for yes and 0 for no."""
        values = [[WORDS[t.lower()] if t else learnt.fill, float(not t)] for t in texts]
        return np.array(values).reshape(-1, 2)[:, : len(self.feature_names(learnt))]
