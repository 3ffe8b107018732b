"""Losses by ratio or direction, as metrics. Formulas are keras.metrics'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from nncli.engine.losses import relative
from nncli.engine.metrics.from_loss import LossMetric
from nncli.engine.types import Array


@dataclass(kw_only=True)
class MeanAbsolutePercentageError(LossMetric):
    """100 mean(|y_true - y_pred| / |y_true|)."""

    type: Literal["mean_absolute_percentage_error"] = "mean_absolute_percentage_error"
    loss = relative.MeanAbsolutePercentageError


@dataclass(kw_only=True)
class MeanSquaredLogarithmicError(LossMetric):
    """mean((log(1 + y_true) - log(1 + y_pred))²), both cut at 0."""

    type: Literal["mean_squared_logarithmic_error"] = "mean_squared_logarithmic_error"
    loss = relative.MeanSquaredLogarithmicError


@dataclass(kw_only=True)
class Poisson(LossMetric):
    """mean(y_pred - y_true log(y_pred)), for counts."""

    type: Literal["poisson"] = "poisson"
    loss = relative.Poisson


@dataclass(kw_only=True)
class KLDivergence(LossMetric):
    """sum(y_true log(y_true / y_pred)), for targets that are distributions themselves."""

    type: Literal["kl_divergence"] = "kl_divergence"
    loss = relative.KLDivergence


@dataclass(kw_only=True)
class CosineSimilarity(LossMetric):
    """The cosine of the angle between y_true and y_pred: 1 where they point alike."""

    type: Literal["cosine_similarity"] = "cosine_similarity"
    direction: ClassVar[Literal["up", "down"]] = "up"
    loss = relative.CosineSimilarity

    def values(self, y_true: Array, y_pred: Array) -> Array:
        """Return each row's cosine, which as a loss is negative."""
        return -super().values(y_true, y_pred)
