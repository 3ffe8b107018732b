"""Precision and recall in one number, for each class or averaged. As keras.metrics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from nncli.engine.component import require
from nncli.engine.losses.base import EPSILON
from nncli.engine.metrics.base import Metric, expand, one_hot
from nncli.engine.types import Array, Shape

Average = Literal["micro", "macro", "weighted"]


@dataclass(kw_only=True)
class _FScore(Metric):
    compares_classes: ClassVar[bool] = True
    direction: ClassVar[Literal["up", "down"]] = "up"
    average: Average | None = None
    threshold: float | None = None

    @property
    def scores_classes(self) -> bool:
        """Whether it has a column for each class."""
        return self.average is None

    @property
    def importance(self) -> float:
        """How much more recall counts than precision."""
        return 1.0

    def check(self) -> None:
        """Refuse thresholds that are no probability."""
        require(
            self.threshold is None or 0 < self.threshold <= 1,
            f"threshold must be above 0 and at most 1, got {self.threshold}",
        )

    def build(self, shape: Shape, *, sparse: bool) -> None:
        """Remember how targets come."""
        self.outputs, self.sparse = shape[-1], sparse
        super().build(shape, sparse=sparse)

    def reset(self) -> None:
        """Start at nothing."""
        shape = () if self.average == "micro" else (self.outputs,)
        self.hits, self.said, self.there = (np.zeros(shape) for _ in range(3))

    def update(self, y_true: Array, y_pred: Array, weights: Array | None = None) -> None:
        """Count for each class, or for all at once."""
        if self.sparse:
            y_true = one_hot(y_true, y_pred)
        factors = np.ones(y_pred.shape) if weights is None else expand(weights, y_pred)
        said = self._said(y_pred)
        axes = None if self.average == "micro" else tuple(range(y_pred.ndim - 1))
        self.hits = self.hits + (said * y_true * factors).sum(axis=axes)
        self.said = self.said + (said * factors).sum(axis=axes)
        self.there = self.there + (y_true * factors).sum(axis=axes)

    def result(self) -> float | Array:
        """Return the score of each class, or their average."""
        square = self.importance**2
        precision = self.hits / (self.said + EPSILON)
        recall = self.hits / (self.there + EPSILON)
        scores = (1 + square) * precision * recall / (square * precision + recall + EPSILON)
        if self.average == "weighted":
            return float((scores * self.there).sum() / (self.there.sum() + EPSILON))
        if self.average is not None or self.outputs == 1:
            return float(np.mean(scores))
        return scores

    def _said(self, y_pred: Array) -> Array:
        """Return which outputs count as positive."""
        threshold = 0.5 if self.threshold is None and self.outputs == 1 else self.threshold
        if threshold is None:
            return (y_pred >= y_pred.max(axis=-1, keepdims=True)) & (np.abs(y_pred) > 1e-9)
        return y_pred > threshold


@dataclass(kw_only=True)
class F1Score(_FScore):
    """2 precision recall / (precision + recall), for each class or averaged."""

    type: Literal["f1_score"] = "f1_score"
    average: Average | None = None
    """How classes become one number: `macro` counts them alike; by default there is one each."""
    threshold: float | None = None
    """Above it an output counts as positive; by default the largest output does, and 0.5 decides
    where there is only one."""


@dataclass(kw_only=True)
class FBetaScore(_FScore):
    """(1 + beta²) precision recall / (beta² precision + recall), for each class or averaged."""

    type: Literal["fbeta_score"] = "fbeta_score"
    average: Average | None = None
    """How classes become one number: `macro` counts them alike; by default there is one each."""
    beta: float = 1.0
    """How much more recall counts than precision."""
    threshold: float | None = None
    """Above it an output counts as positive; by default the largest output does, and 0.5 decides
    where there is only one."""

    @property
    def importance(self) -> float:
        """Beta."""
        return self.beta

    def check(self) -> None:
        """Refuse a beta that isn't positive, too."""
        super().check()
        require(self.beta > 0, f"beta must be above 0, got {self.beta}")
