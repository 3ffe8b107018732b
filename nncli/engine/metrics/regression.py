"""How far predicted values are from the true ones. Formulas are keras.metrics'."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import ClassVar, Literal

import numpy as np

from nncli.engine import losses
from nncli.engine.metrics.base import MeanMetric, Metric, expand
from nncli.engine.types import Array, Shape
from nncli.errors import ShapeError


@dataclass(kw_only=True)
class MeanSquaredError(MeanMetric):
    """mean((y_true - y_pred)²)."""

    type: Literal["mean_squared_error"] = "mean_squared_error"

    def values(self, y_true: Array, y_pred: Array) -> Array:
        """Square the errors."""
        return losses.MeanSquaredError().values(y_true, y_pred)


@dataclass(kw_only=True)
class MeanAbsoluteError(MeanMetric):
    """mean(|y_true - y_pred|), in the target's unit."""

    type: Literal["mean_absolute_error"] = "mean_absolute_error"

    def values(self, y_true: Array, y_pred: Array) -> Array:
        """Take the errors' sizes."""
        return losses.MeanAbsoluteError().values(y_true, y_pred)


@dataclass(kw_only=True)
class RootMeanSquaredError(MeanSquaredError):
    """sqrt(mean((y_true - y_pred)²)), in the target's unit."""

    type: Literal["root_mean_squared_error"] = "root_mean_squared_error"  # type: ignore[assignment]

    def result(self) -> float:
        """Return the root of the mean square."""
        return sqrt(super().result())


@dataclass(kw_only=True)
class R2Score(Metric):
    """1 - (sum of squared errors) / (sum of squares around the mean), averaged over the outputs."""

    type: Literal["r2_score"] = "r2_score"
    direction: ClassVar[Literal["up", "down"]] = "up"

    def build(self, shape: Shape, *, sparse: bool) -> None:
        """Refuse anything but a table of values."""
        if len(shape) != 1 or sparse:
            raise ShapeError("r2_score needs one row of values for each row of the table")
        super().build(shape, sparse=sparse)

    def reset(self) -> None:
        """Start at nothing."""
        self.total = self.squares = self.errors = np.zeros(1)
        self.count = 0.0

    def update(self, y_true: Array, y_pred: Array, weights: Array | None = None) -> None:
        """Add up values, squares and squared errors, in float64."""
        true = y_true.astype(np.float64)
        factors = np.ones_like(true) if weights is None else expand(weights, true)
        self.total = self.total + (true * factors).sum(axis=0)
        self.squares = self.squares + (true * true * factors).sum(axis=0)
        self.errors = self.errors + ((true - y_pred) ** 2 * factors).sum(axis=0)
        self.count += float(factors[:, 0].sum())

    def result(self) -> float:
        """Return the score; an output that never varies counts 0, as in Keras."""
        around_mean = self.squares - self.total * self.total / (self.count or 1.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            scores = 1.0 - self.errors / around_mean
        return float(np.where(np.isinf(scores), 0.0, scores).mean())
