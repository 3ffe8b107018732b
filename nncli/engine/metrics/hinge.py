"""Losses that want a margin, as metrics. Formulas are keras.metrics'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nncli.engine.losses import hinge
from nncli.engine.metrics.from_loss import LossMetric


@dataclass(kw_only=True)
class Hinge(LossMetric):
    """mean(max(1 - y_true y_pred, 0)), with y_true -1 or 1."""

    type: Literal["hinge"] = "hinge"
    loss = hinge.Hinge


@dataclass(kw_only=True)
class SquaredHinge(LossMetric):
    """mean(max(1 - y_true y_pred, 0)²), with y_true -1 or 1."""

    type: Literal["squared_hinge"] = "squared_hinge"
    loss = hinge.SquaredHinge


@dataclass(kw_only=True)
class CategoricalHinge(LossMetric):
    """max(1 + the largest output of another class - that of the true class, 0)."""

    type: Literal["categorical_hinge"] = "categorical_hinge"
    loss = hinge.CategoricalHinge
