"""How far predicted values are from the true ones. Formulas are keras.metrics'."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Literal

from nncli.engine.losses import regression
from nncli.engine.metrics.from_loss import LossMetric


@dataclass(kw_only=True)
class MeanSquaredError(LossMetric):
    """mean((y_true - y_pred)²)."""

    type: Literal["mean_squared_error"] = "mean_squared_error"
    loss = regression.MeanSquaredError


@dataclass(kw_only=True)
class MeanAbsoluteError(LossMetric):
    """mean(|y_true - y_pred|), in the target's unit."""

    type: Literal["mean_absolute_error"] = "mean_absolute_error"
    loss = regression.MeanAbsoluteError


@dataclass(kw_only=True)
class LogCoshError(LossMetric):
    """mean(log(cosh(y_pred - y_true)))."""

    type: Literal["log_cosh_error"] = "log_cosh_error"
    loss = regression.LogCosh


@dataclass(kw_only=True)
class RootMeanSquaredError(MeanSquaredError):
    """sqrt(mean((y_true - y_pred)²)), in the target's unit."""

    type: Literal["root_mean_squared_error"] = "root_mean_squared_error"  # type: ignore[assignment]

    def result(self) -> float:
        """Return the root of the mean square."""
        return sqrt(super().result())
