"""Metrics of a whole confusion matrix: overlap (as keras.metrics) and correlation."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import ClassVar, Literal

import numpy as np

from nncli.engine.component import require
from nncli.engine.losses.base import EPSILON
from nncli.engine.metrics.base import Metric, expand
from nncli.engine.types import Array, Shape
from nncli.errors import ShapeError


@dataclass(kw_only=True)
class _Matrix(Metric):
    """Counts how often each class (rows) is taken for each other (columns)."""

    compares_classes: ClassVar[bool] = True
    direction: ClassVar[Literal["up", "down"]] = "up"

    def build(self, shape: Shape, *, sparse: bool) -> None:
        """Tell how many classes there are; a single output has two sides."""
        self.sparse, self.classes = sparse, max(shape[-1], 2)
        super().build(shape, sparse=sparse)

    def reset(self) -> None:
        """Start at nothing."""
        self.matrix = np.zeros((self.classes, self.classes))

    def update(self, y_true: Array, y_pred: Array, weights: Array | None = None) -> None:
        """Count the rows."""
        true, pred = self.true_classes(y_true), self.said_classes(y_pred)
        factors = np.ones(pred.shape) if weights is None else expand(weights, pred)
        slots = true.reshape(pred.shape) * self.classes + pred
        counts = np.bincount(slots.ravel(), factors.ravel(), self.classes**2)
        self.matrix += counts.reshape(self.matrix.shape)

    def true_classes(self, y_true: Array) -> Array:
        """Return the classes' numbers, (rows, ...)."""
        if self.sparse or y_true.shape[-1] == 1:
            return y_true.astype(np.int64)
        return y_true.argmax(axis=-1)

    def said_classes(self, y_pred: Array) -> Array:
        """Return the number of the largest output; of a single one, the side of 0.5."""
        if y_pred.shape[-1] == 1:
            return (y_pred[..., 0] > 0.5).astype(np.int64)
        return y_pred.argmax(axis=-1)

    def overlap(self, classes: tuple[int, ...]) -> float:
        """Return the mean over classes of (said and true) / (said or true)."""
        either = self.matrix.sum(axis=0) + self.matrix.sum(axis=1) - self.matrix.diagonal()
        shares = self.matrix.diagonal() / (either + EPSILON)
        seen = either[list(classes)] > 1e-9
        return float(shares[list(classes)][seen].sum() / (seen.sum() + EPSILON))


@dataclass(kw_only=True)
class MeanIoU(_Matrix):
    """Intersection over union of what is said and what is true, averaged over the classes."""

    type: Literal["mean_iou"] = "mean_iou"

    def result(self) -> float:
        """Return the mean over the classes that were seen."""
        return self.overlap(tuple(range(self.classes)))


@dataclass(kw_only=True)
class BinaryIoU(_Matrix):
    """Intersection over union of what is said and what is true, of outputs by themselves."""

    type: Literal["binary_iou"] = "binary_iou"
    target_class_ids: tuple[int, ...] = (0, 1)
    """The sides that are averaged: `[1]` looks at the positives only."""
    threshold: float = 0.5
    """From here on an output counts as 1."""

    def check(self) -> None:
        """Refuse sides that aren't there."""
        require(
            self.target_class_ids != () and set(self.target_class_ids) <= {0, 1},
            f"target_class_ids must hold 0, 1 or both, got {list(self.target_class_ids)}",
        )

    def build(self, shape: Shape, *, sparse: bool) -> None:
        """Refuse class numbers, which have no side."""
        if sparse:
            raise ShapeError("binary_iou needs targets of 0 and 1, not class numbers")
        super().build((2,), sparse=sparse)

    def true_classes(self, y_true: Array) -> Array:
        """Return the sides."""
        return y_true.astype(np.int64)

    def said_classes(self, y_pred: Array) -> Array:
        """Return the sides."""
        return (y_pred >= self.threshold).astype(np.int64)

    def result(self) -> float:
        """Return the mean over the sides that are asked for."""
        return self.overlap(self.target_class_ids)


@dataclass(kw_only=True)
class MatthewsCorrelation(_Matrix):
    """How what is said and what is true are correlated, -1 to 1, whatever the classes' sizes.

    Of more than two classes it is Gorodkin's R_K (2004), as in scikit-learn.
    """

    type: Literal["matthews_correlation"] = "matthews_correlation"

    def result(self) -> float:
        """Return the correlation, 0 where one side never varies."""
        true, said = self.matrix.sum(axis=1), self.matrix.sum(axis=0)
        total = self.matrix.sum()
        covariance = self.matrix.trace() * total - true @ said
        spread = (total**2 - true @ true) * (total**2 - said @ said)
        return float(covariance / sqrt(spread)) if spread > 0 else 0.0
