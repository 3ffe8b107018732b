"""The best of one measure over all thresholds where another reaches a bound. As keras.metrics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.component import require
from nncli.engine.metrics.classes import check_class, of_class
from nncli.engine.metrics.tally import Tallied, Tally
from nncli.engine.types import Array, Shape


@dataclass(kw_only=True)
class _AtBound(Tallied):
    """The largest of one measure among the thresholds where another reaches a bound."""

    num_thresholds: int = 200
    class_id: int | None = None

    @property
    def bound(self) -> tuple[str, float]:
        """The name and value of the field that is the bound."""
        raise NotImplementedError

    def check(self) -> None:
        """Refuse bounds that are no share."""
        name, value = self.bound
        require(0 <= value <= 1, f"{name} must lie between 0 and 1, got {value}")
        require(
            self.num_thresholds >= 1,
            f"num_thresholds must be at least 1, got {self.num_thresholds}",
        )

    def new_tally(self, shape: Shape) -> Tally:
        """Divide 0 to 1 evenly."""
        check_class(self.type, self.class_id, shape)
        if self.num_thresholds == 1:
            return Tally([0.5], 1, even=False)
        return Tally(np.linspace(0.0, 1.0, self.num_thresholds).tolist(), 1, even=True)

    def count(self, y_true: Array, y_pred: Array, weights: Array) -> None:
        """Count the outputs that are to be looked at."""
        chosen = of_class(self.class_id)
        super().count(y_true[chosen], y_pred[chosen], weights[chosen])

    def best(self, measure: Array, bounded: Array) -> float:
        """Return the largest measure where the other reaches the bound, 0 where none does."""
        return float(np.where(bounded >= self.bound[1], measure, 0.0).max(initial=0.0))


@dataclass(kw_only=True)
class SensitivityAtSpecificity(_AtBound):
    """The largest recall of ones among the thresholds with at least a given recall of zeros."""

    type: Literal["sensitivity_at_specificity"] = "sensitivity_at_specificity"
    specificity: float
    """The share of zeros that must be found."""
    num_thresholds: int = 200
    """How many thresholds are tried."""
    class_id: int | None = None
    """Look at this output only (the first is 0)."""

    @property
    def bound(self) -> tuple[str, float]:
        """The specificity."""
        return "specificity", self.specificity

    def result(self) -> float:
        """Return the best sensitivity."""
        return self.best(self.tally.recall, self.tally.specificity)


@dataclass(kw_only=True)
class SpecificityAtSensitivity(_AtBound):
    """The largest recall of zeros among the thresholds with at least a given recall of ones."""

    type: Literal["specificity_at_sensitivity"] = "specificity_at_sensitivity"
    sensitivity: float
    """The share of ones that must be found."""
    num_thresholds: int = 200
    """How many thresholds are tried."""
    class_id: int | None = None
    """Look at this output only (the first is 0)."""

    @property
    def bound(self) -> tuple[str, float]:
        """The sensitivity."""
        return "sensitivity", self.sensitivity

    def result(self) -> float:
        """Return the best specificity."""
        return self.best(self.tally.specificity, self.tally.recall)


@dataclass(kw_only=True)
class PrecisionAtRecall(_AtBound):
    """The largest precision among the thresholds with at least a given recall."""

    type: Literal["precision_at_recall"] = "precision_at_recall"
    recall: float
    """The share of ones that must be found."""
    num_thresholds: int = 200
    """How many thresholds are tried."""
    class_id: int | None = None
    """Look at this output only (the first is 0)."""

    @property
    def bound(self) -> tuple[str, float]:
        """The recall."""
        return "recall", self.recall

    def result(self) -> float:
        """Return the best precision."""
        return self.best(self.tally.precision, self.tally.recall)


@dataclass(kw_only=True)
class RecallAtPrecision(_AtBound):
    """The largest recall among the thresholds with at least a given precision."""

    type: Literal["recall_at_precision"] = "recall_at_precision"
    precision: float
    """The share of what is said to be positive that must be."""
    num_thresholds: int = 200
    """How many thresholds are tried."""
    class_id: int | None = None
    """Look at this output only (the first is 0)."""

    @property
    def bound(self) -> tuple[str, float]:
        """The precision."""
        return "precision", self.precision

    def result(self) -> float:
        """Return the best recall."""
        return self.best(self.tally.recall, self.tally.precision)
