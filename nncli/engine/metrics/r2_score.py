"""How much better than the mean values are predicted. As keras.metrics.R2Score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from nncli.engine.component import require
from nncli.engine.metrics.base import Metric, expand
from nncli.engine.types import Array, Shape
from nncli.errors import ShapeError


@dataclass(kw_only=True)
class R2Score(Metric):
    """1 - (sum of squared errors) / (sum of squares around the mean), for each output."""

    type: Literal["r2_score"] = "r2_score"
    direction: ClassVar[Literal["up", "down"]] = "up"
    class_aggregation: Literal["uniform_average", "variance_weighted_average"] | None = (
        "uniform_average"
    )
    """How outputs become one number; `null` leaves one for each."""
    num_regressors: int = 0
    """How many features to adjust for: each makes the score smaller; 0 is the plain score."""

    def check(self) -> None:
        """Refuse negative counts."""
        require(
            self.num_regressors >= 0,
            f"num_regressors must not be negative, got {self.num_regressors}",
        )

    def build(self, shape: Shape, *, sparse: bool) -> None:
        """Refuse anything but a table of values."""
        if len(shape) != 1 or sparse:
            raise ShapeError("r2_score needs one row of values for each row of the table")
        self.outputs = shape[-1]
        super().build(shape, sparse=sparse)

    def reset(self) -> None:
        """Start at nothing."""
        self.total, self.squares, self.errors = (np.zeros(self.outputs) for _ in range(3))
        self.count, self.samples = 0.0, 0

    def update(self, y_true: Array, y_pred: Array, weights: Array | None = None) -> None:
        """Add up values, squares and squared errors, in float64."""
        true = y_true.astype(np.float64)
        factors = np.ones_like(true) if weights is None else expand(weights, true)
        self.total += (true * factors).sum(axis=0)
        self.squares += (true * true * factors).sum(axis=0)
        self.errors += ((true - y_pred) ** 2 * factors).sum(axis=0)
        self.count += float(factors[:, 0].sum())
        self.samples += true.size

    def result(self) -> float | Array:
        """Return the score; an output that never varies counts 0, as in Keras."""
        around_mean = self.squares - self.total * self.total / (self.count or 1.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            scores = 1.0 - self.errors / around_mean
            scores = np.where(np.isinf(scores), 0.0, scores)
            if self.class_aggregation == "uniform_average":
                scores = scores.mean()
            elif self.class_aggregation == "variance_weighted_average":
                scores = (around_mean * scores).sum() / around_mean.sum()
        # Keras counts each output of a row as a sample, and doesn't adjust for too many features.
        free = self.samples - self.num_regressors - 1
        if self.num_regressors and free > 0:
            scores = 1.0 - (1.0 - scores) * (self.samples - 1) / free
        return scores if scores.ndim and self.outputs > 1 else float(scores)
