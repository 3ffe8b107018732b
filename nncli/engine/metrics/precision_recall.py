"""Precision and recall. As keras.metrics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.component import require
from nncli.engine.metrics.classes import check_class, of_class
from nncli.engine.metrics.tally import Tally
from nncli.engine.metrics.thresholds import AtThresholds, Thresholds
from nncli.engine.types import Array, Shape
from nncli.errors import ShapeError

_LEFT_OUT = -1e10
"""What outputs become that are not among the first; below it lies no threshold."""


@dataclass(kw_only=True)
class _Ratio(AtThresholds):
    top_k: int | None = None
    class_id: int | None = None

    def check(self) -> None:
        """Refuse to look at nothing."""
        super().check()
        require(
            self.top_k is None or self.top_k >= 1, f"top_k must be at least 1, got {self.top_k}"
        )

    def new_tally(self, shape: Shape) -> Tally:
        """Refuse more outputs than there are."""
        if self.top_k is not None and self.top_k > shape[-1]:
            raise ShapeError(f"{self.type} has top_k {self.top_k}, and only {shape[-1]} outputs")
        check_class(self.type, self.class_id, shape)
        return super().new_tally(shape)

    def default_threshold(self) -> float:
        """With top_k alone every one of those counts as positive."""
        return 0.5 if self.top_k is None else _LEFT_OUT

    def count(self, y_true: Array, y_pred: Array, weights: Array) -> None:
        """Count the outputs that are to be looked at."""
        if self.top_k is not None:
            first = np.argsort(-y_pred, axis=-1, kind="stable")[..., : self.top_k]
            kept = np.full_like(y_pred, _LEFT_OUT)
            np.put_along_axis(kept, first, np.take_along_axis(y_pred, first, -1), -1)
            y_pred = kept
        chosen = of_class(self.class_id)
        super().count(y_true[chosen], y_pred[chosen], weights[chosen])


@dataclass(kw_only=True)
class Precision(_Ratio):
    """Of those said to be positive, the share that is."""

    type: Literal["precision"] = "precision"
    thresholds: Thresholds = None
    """Above it an output counts as positive, by default above 0.5; a list gives a number each."""
    top_k: int | None = None
    """Only the k largest outputs of a row count as positive."""
    class_id: int | None = None
    """Look at this output only (the first is 0)."""

    def at_thresholds(self) -> Array:
        """Return the share, 0 where none was said to be positive."""
        return self.tally.precision


@dataclass(kw_only=True)
class Recall(_Ratio):
    """Of those that are positive, the share that is found."""

    type: Literal["recall"] = "recall"
    thresholds: Thresholds = None
    """Above it an output counts as positive, by default above 0.5; a list gives a number each."""
    top_k: int | None = None
    """Only the k largest outputs of a row count as positive."""
    class_id: int | None = None
    """Look at this output only (the first is 0)."""

    def at_thresholds(self) -> Array:
        """Return the share, 0 where there is none."""
        return self.tally.recall
