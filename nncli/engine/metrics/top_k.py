"""Whether the true class is among the k that are said to be likeliest. As keras.metrics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from nncli.engine.component import require
from nncli.engine.metrics.base import MeanMetric
from nncli.engine.types import Array, Shape
from nncli.errors import ShapeError


@dataclass(kw_only=True)
class _TopK(MeanMetric):
    compares_classes: ClassVar[bool] = True
    direction: ClassVar[Literal["up", "down"]] = "up"
    k: int = 5

    def check(self) -> None:
        """Refuse to look at nothing."""
        require(self.k >= 1, f"k must be at least 1, got {self.k}")

    def among(self, classes: Array, y_pred: Array) -> Array:
        """Whether fewer than k outputs are larger than that of the true class."""
        true = np.take_along_axis(y_pred, classes[..., None], axis=-1)
        return (y_pred > true).sum(axis=-1) < self.k


@dataclass(kw_only=True)
class TopKCategoricalAccuracy(_TopK):
    """The share of rows whose class, 1 in the target, is among the k largest outputs."""

    type: Literal["top_k_categorical_accuracy"] = "top_k_categorical_accuracy"
    k: int = 5
    """How many outputs are looked at."""

    def build(self, shape: Shape, *, sparse: bool) -> None:
        """Refuse class numbers."""
        if sparse:
            raise ShapeError("top_k_categorical_accuracy needs one-hot targets; for class numbers "
                             "there is sparse_top_k_categorical_accuracy")  # fmt: skip
        super().build(shape, sparse=sparse)

    def values(self, y_true: Array, y_pred: Array) -> Array:
        """Look for the class that is largest in the target."""
        return self.among(y_true.argmax(axis=-1), y_pred)


@dataclass(kw_only=True)
class SparseTopKCategoricalAccuracy(_TopK):
    """The share of rows whose class is among the k largest outputs."""

    type: Literal["sparse_top_k_categorical_accuracy"] = "sparse_top_k_categorical_accuracy"
    k: int = 5
    """How many outputs are looked at."""

    def build(self, shape: Shape, *, sparse: bool) -> None:
        """Refuse one-hot targets."""
        if not sparse:
            raise ShapeError("sparse_top_k_categorical_accuracy needs class numbers as targets; "
                             "for others there is top_k_categorical_accuracy")  # fmt: skip
        super().build(shape, sparse=sparse)

    def values(self, y_true: Array, y_pred: Array) -> Array:
        """Look for the class that the target says."""
        return self.among(y_true.reshape(y_pred.shape[:-1]), y_pred)
