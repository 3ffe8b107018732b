"""Numbers: filled in where they are missing, then scaled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, Self

import numpy as np

from nncli.data.kinds.base import Kind, Learnt, Missing
from nncli.data.scaling import ScaleMethod
from nncli.engine.component import require
from nncli.engine.types import Array


@dataclass(frozen=True, kw_only=True)
class LearntNumbers(Learnt):
    """What a missing cell counts as, and how the column is scaled: (x - offset) / divisor."""

    fill: float
    offset: float
    divisor: float


@dataclass(kw_only=True)
class Numeric(Kind):
    """Numbers as they are, or scaled. One feature, and one more with `missing: indicator`, which
    counts a missing cell as the median."""

    reads = "numbers"
    ways = (
        "error", "drop", "mean", "median", "most_frequent", "constant", "indicator",
    )  # fmt: skip

    type: Literal["numeric"] = "numeric"
    scale: ScaleMethod | None = None
    """How the numbers are scaled, after missing ones are filled in, by the training rows:
    `standard` (mean 0, deviation 1), `minmax` (0 to 1), `robust` (by median and quartiles),
    `log1p` (log(1 + x), nothing else) or `none`. By default what `data.scale` says."""

    def check(self) -> None:
        """Refuse a value that isn't a number."""
        super().check()
        number = self.value is None or type(self.value) in (int, float)
        require(number, f"value must be a number for a numeric column, got {self.value!r}")

    def settled(self, *, missing: Missing, scale: ScaleMethod) -> Self:
        """Return the kind with the table's defaults where it has no word of its own."""
        kind = super().settled(missing=missing, scale=scale)
        return kind if kind.scale is not None else replace(kind, scale=scale)

    def fill(self, present: Array) -> float:
        """Return what a missing cell counts as, from those that are there, of which there are some.

        Of several most frequent numbers it is the smallest, as scikit-learn has it.
        """
        match self.missing:
            case "mean":
                return float(present.mean(dtype=np.float64))
            case "median" | "indicator":
                return float(np.median(present.astype(np.float64)))
            case "most_frequent":
                values, counts = np.unique(present, return_counts=True)
                return float(values[counts.argmax()])
            case "constant":
                return float(self.value or 0)
            case _:
                return 0.0
