"""Columns of categories: a feature for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.data.kinds.base import MISSING_TEXT, Learnt, TextKind
from nncli.data.labels import places
from nncli.data.sources.cells import Label, labels
from nncli.data.texts import Texts
from nncli.engine.component import require
from nncli.engine.types import Array


@dataclass(frozen=True, kw_only=True)
class LearntCategories(Learnt):
    """The training rows' categories."""

    categories: tuple[Label, ...]
    """Those that have a feature each, in the features' order."""
    rare: tuple[Label, ...]
    """Those that share one more feature."""
    fill: Label | None
    """The category that a missing cell counts as."""


@dataclass(kw_only=True)
class Categorical(TextKind):
    """Categories: each has a feature that is 1 where the cell names it, else 0 (one-hot).

    Categories of fewer than `min_rows` training rows share one feature more. A cell that names
    none of the training rows' categories takes that feature too; where there is none, its
    features are all 0 (`unseen: other`), or it is an error (`unseen: error`). With `missing:
    indicator` missing cells are a category of their own.
    """

    learnt_as = LearntCategories
    ways = (
        "error", "drop", "most_frequent", "constant", "indicator",
    )  # fmt: skip

    type: Literal["categorical"] = "categorical"
    min_rows: int = 1
    """How many training rows a category needs to have a feature of its own."""
    max_categories: int | None = None
    """How many categories have one at most, the most frequent first."""
    unseen: Literal["other", "error"] = "other"
    """What becomes of categories that the training rows don't have."""

    def check(self) -> None:
        """Refuse numbers below one."""
        super().check()
        require(self.min_rows >= 1, f"min_rows must be at least 1, got {self.min_rows}")
        most = self.max_categories
        require(most is None or most >= 1, f"max_categories must be at least 1, got {most}")

    def learn(self, texts: Texts) -> LearntCategories:
        """Return the training rows' categories, sorted."""
        constant = "" if self.value is None else str(self.value)
        found: dict[str, int] = {}
        for text, count in zip(texts.distinct, texts.counts().tolist(), strict=True):
            if count and (text or constant):
                found[text or constant] = found.get(text or constant, 0) + count
        counts: dict[Label, int] = {}
        for label, count in zip(labels(found), found.values(), strict=True):
            counts[label] = counts.get(label, 0) + count  # "1" and "1.0" are one
        by_count = sorted(sorted(counts), key=lambda label: -counts[label])
        kept = [label for label in by_count if counts[label] >= self.min_rows]
        kept = kept[: self.max_categories]
        fill = by_count[0] if by_count and self.missing == "most_frequent" else None
        return LearntCategories(
            categories=tuple(sorted(kept)),
            rare=tuple(label for label in sorted(counts) if label not in kept),
            fill=constant or fill,
            indicator=self.indicates(texts),
        )

    def feature_names(self, learnt: LearntCategories) -> tuple[str, ...]:
        """Return a name for each category, then for the rare ones, then for missing cells."""
        names = [f"={label}" for label in learnt.categories]
        names += [" is another"] * bool(learnt.rare)
        return (*names, f" {MISSING_TEXT}") if learnt.indicator else tuple(names)

    def encode(self, learnt: LearntCategories, texts: Sequence[str]) -> Array:
        """Return a row of zeros with a single 1 for each text, or with none."""
        filled = [text or ("" if learnt.fill is None else str(learnt.fill)) for text in texts]
        features = np.zeros((len(texts), len(self.feature_names(learnt))))
        for row, place in enumerate(places(learnt.categories, filled)):
            if place is not None:
                features[row, place] = 1
            elif filled[row] and learnt.rare:
                features[row, len(learnt.categories)] = 1
            elif not filled[row] and learnt.indicator:
                features[row, -1] = 1
        return features

    def strangers(self, learnt: LearntCategories, texts: Sequence[str]) -> list[int]:
        """Return the positions of categories that the training rows didn't have."""
        known = places((*learnt.categories, *learnt.rare), texts)
        return [place for place, found in enumerate(known) if texts[place] and found is None]
