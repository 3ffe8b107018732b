"""Precision, recall, F-score and area under the curve. Formulas are keras.metrics'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from nncli.engine.component import require
from nncli.engine.losses.base import EPSILON
from nncli.engine.metrics.base import Metric, expand, one_hot
from nncli.engine.types import Array, Shape


@dataclass(kw_only=True)
class _Confusion(Metric):
    """A metric made of counts of true and false positives and negatives."""

    direction: ClassVar[Literal["up", "down"]] = "up"

    def build(self, shape: Shape, *, sparse: bool) -> None:
        """Remember how targets come."""
        self.outputs, self.sparse = shape[-1], sparse
        super().build(shape, sparse=sparse)

    def update(self, y_true: Array, y_pred: Array, weights: Array | None = None) -> None:
        """Count every output by itself."""
        if self.sparse:
            y_true = one_hot(y_true, y_pred)
        factors = np.ones(y_pred.shape) if weights is None else expand(weights, y_pred)
        self.count(y_true, y_pred, factors)

    def count(self, y_true: Array, y_pred: Array, weights: Array) -> None:
        """Add to the counts; all three arrays have the shape of the predictions."""
        raise NotImplementedError


@dataclass(kw_only=True)
class _AtThreshold(_Confusion):
    """A ratio of the positives that are found to all that were said, or that there are."""

    thresholds: float = 0.5
    """Above it an output counts as positive."""
    class_id: int | None = None
    """Look at this output only (the first is 0)."""

    def check(self) -> None:
        """Refuse thresholds that are no probability."""
        require(
            0 <= self.thresholds <= 1, f"thresholds must lie between 0 and 1, got {self.thresholds}"
        )

    def reset(self) -> None:
        """Start at nothing."""
        self.hits = self.said = self.there = 0.0

    def count(self, y_true: Array, y_pred: Array, weights: Array) -> None:
        """Count what is found, what was said, what is there."""
        chosen = (
            ...,
            slice(None) if self.class_id is None else slice(self.class_id, self.class_id + 1),
        )
        positive = y_true[chosen].astype(bool)
        said = y_pred[chosen] > self.thresholds
        self.hits += float(weights[chosen][positive & said].sum())
        self.said += float(weights[chosen][said].sum())
        self.there += float(weights[chosen][positive].sum())


@dataclass(kw_only=True)
class Precision(_AtThreshold):
    """Of those said to be positive, the share that is."""

    type: Literal["precision"] = "precision"

    def result(self) -> float:
        """Return the share, 0 where none was said to be positive."""
        return self.hits / self.said if self.said else 0.0


@dataclass(kw_only=True)
class Recall(_AtThreshold):
    """Of those that are positive, the share that is found."""

    type: Literal["recall"] = "recall"

    def result(self) -> float:
        """Return the share, 0 where there is none."""
        return self.hits / self.there if self.there else 0.0


@dataclass(kw_only=True)
class F1Score(_Confusion):
    """2 precision recall / (precision + recall), for each class or averaged."""

    type: Literal["f1_score"] = "f1_score"
    average: Literal["micro", "macro", "weighted"] | None = None
    """How classes become one number: `macro` counts them alike; by default there is one each."""
    threshold: float | None = None
    """Above it an output counts as positive; by default the largest output does, and 0.5 decides
    where there is only one."""

    def check(self) -> None:
        """Refuse thresholds that are no probability."""
        require(
            self.threshold is None or 0 < self.threshold <= 1,
            f"threshold must be above 0 and at most 1, got {self.threshold}",
        )

    def reset(self) -> None:
        """Start at nothing."""
        shape = () if self.average == "micro" else (self.outputs,)
        self.hits, self.said, self.there = (np.zeros(shape) for _ in range(3))

    def count(self, y_true: Array, y_pred: Array, weights: Array) -> None:
        """Count for each class, or for all at once."""
        threshold = 0.5 if self.threshold is None and self.outputs == 1 else self.threshold
        if threshold is None:
            said = (y_pred >= y_pred.max(axis=-1, keepdims=True)) & (np.abs(y_pred) > 1e-9)
        else:
            said = y_pred > threshold
        axes = None if self.average == "micro" else tuple(range(y_pred.ndim - 1))
        self.hits = self.hits + (said * y_true * weights).sum(axis=axes)
        self.said = self.said + (said * weights).sum(axis=axes)
        self.there = self.there + (y_true * weights).sum(axis=axes)

    def result(self) -> float | Array:
        """Return the score of each class, or their average."""
        precision = self.hits / (self.said + EPSILON)
        recall = self.hits / (self.there + EPSILON)
        scores = 2.0 * precision * recall / (precision + recall + EPSILON)
        if self.average == "weighted":
            return float((scores * self.there).sum() / (self.there.sum() + EPSILON))
        if self.average is not None or self.outputs == 1:
            return float(np.mean(scores))
        return scores


@dataclass(kw_only=True)
class Auc(_Confusion):
    """The area under the ROC curve, by the trapezoids between `num_thresholds` thresholds."""

    type: Literal["auc"] = "auc"
    num_thresholds: int = 200
    """How finely the curve is drawn."""

    def check(self) -> None:
        """Refuse fewer than two thresholds."""
        require(
            self.num_thresholds >= 2,
            f"num_thresholds must be at least 2, got {self.num_thresholds}",
        )

    def reset(self) -> None:
        """Start at nothing."""
        self.positives, self.negatives = (np.zeros(self.num_thresholds) for _ in range(2))

    def count(self, y_true: Array, y_pred: Array, weights: Array) -> None:
        """Put each output into the bucket below its threshold."""
        steps = self.num_thresholds - 1
        buckets = np.ceil(np.clip(y_pred, 0, 1) * steps).astype(np.int64) - 1
        buckets = np.maximum(buckets, 0).ravel()
        true, factors = y_true.ravel().astype(np.float64), weights.ravel()
        size = self.num_thresholds
        self.positives = self.positives + np.bincount(buckets, true * factors, size)
        self.negatives = self.negatives + np.bincount(buckets, (1 - true) * factors, size)

    def result(self) -> float:
        """Return the area; 0 where one of the two sides is missing."""
        hits = self.positives[::-1].cumsum()[::-1]
        alarms = self.negatives[::-1].cumsum()[::-1]
        if not hits[0] or not alarms[0]:
            return 0.0
        recall, fallout = hits / hits[0], alarms / alarms[0]
        return float(((fallout[:-1] - fallout[1:]) * (recall[:-1] + recall[1:]) / 2).sum())
