"""Crossentropies as metrics. Formulas are keras.metrics'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nncli.engine.losses import crossentropy
from nncli.engine.metrics.from_loss import LossMetric


@dataclass(kw_only=True)
class BinaryCrossentropy(LossMetric):
    """mean(-y_true log(y_pred) - (1 - y_true) log(1 - y_pred))."""

    type: Literal["binary_crossentropy"] = "binary_crossentropy"
    loss = crossentropy.BinaryCrossentropy
    from_logits: bool = False
    """Whether the predictions are logits, as of a last layer without activation."""
    label_smoothing: float = 0.0
    """0.1 makes the labels 0.05 and 0.95."""


@dataclass(kw_only=True)
class CategoricalCrossentropy(LossMetric):
    """-sum(y_true log(y_pred)) over the classes; y_true is one-hot."""

    type: Literal["categorical_crossentropy"] = "categorical_crossentropy"
    loss = crossentropy.CategoricalCrossentropy
    from_logits: bool = False
    """Whether the predictions are logits, as of a last layer without activation."""
    label_smoothing: float = 0.0
    """0.1 leaves 0.9 to the label and spreads 0.1 over all classes."""


@dataclass(kw_only=True)
class SparseCategoricalCrossentropy(LossMetric):
    """-log(y_pred of the true class); y_true holds the classes' numbers."""

    type: Literal["sparse_categorical_crossentropy"] = "sparse_categorical_crossentropy"
    loss = crossentropy.SparseCategoricalCrossentropy
    from_logits: bool = False
    """Whether the predictions are logits, as of a last layer without activation."""
