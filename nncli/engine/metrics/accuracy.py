"""The share of rows that are right. Formulas are keras.metrics'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from nncli.engine.component import require
from nncli.engine.losses.base import mean_over_outputs
from nncli.engine.metrics.base import MeanMetric, Metric
from nncli.engine.types import Array, Shape
from nncli.errors import ShapeError


@dataclass(kw_only=True)
class BinaryAccuracy(MeanMetric):
    """The share of outputs that lie on the right side of a threshold."""

    compares_classes: ClassVar[bool] = True
    type: Literal["binary_accuracy"] = "binary_accuracy"
    direction: ClassVar[Literal["up", "down"]] = "up"
    threshold: float = 0.5
    """Above it an output counts as 1."""

    def check(self) -> None:
        """Refuse thresholds that are no probability."""
        require(
            0 <= self.threshold <= 1,
            f"threshold must lie between 0 and 1, got {self.threshold}",
        )

    def build(self, shape: Shape, *, sparse: bool) -> None:
        """Refuse class numbers, which have no side."""
        if sparse:
            raise ShapeError(f"{self.type} needs targets of 0 and 1, not class numbers")
        super().build(shape, sparse=sparse)

    def values(self, y_true: Array, y_pred: Array) -> Array:
        """Compare sides."""
        return mean_over_outputs((y_pred > self.threshold) == y_true)


@dataclass(kw_only=True)
class CategoricalAccuracy(MeanMetric):
    """The share of rows whose largest output is the class that is 1 in the target."""

    compares_classes: ClassVar[bool] = True
    type: Literal["categorical_accuracy"] = "categorical_accuracy"
    direction: ClassVar[Literal["up", "down"]] = "up"

    def build(self, shape: Shape, *, sparse: bool) -> None:
        """Refuse class numbers."""
        if sparse:
            raise ShapeError("categorical_accuracy needs one-hot targets; for class numbers "
                             "there is sparse_categorical_accuracy")  # fmt: skip
        super().build(shape, sparse=sparse)

    def values(self, y_true: Array, y_pred: Array) -> Array:
        """Compare the largest."""
        return y_true.argmax(axis=-1) == y_pred.argmax(axis=-1)


@dataclass(kw_only=True)
class SparseCategoricalAccuracy(MeanMetric):
    """The share of rows whose largest output is that of the class in the target."""

    compares_classes: ClassVar[bool] = True
    type: Literal["sparse_categorical_accuracy"] = "sparse_categorical_accuracy"
    direction: ClassVar[Literal["up", "down"]] = "up"

    def build(self, shape: Shape, *, sparse: bool) -> None:
        """Refuse one-hot targets."""
        if not sparse:
            raise ShapeError("sparse_categorical_accuracy needs class numbers as targets; for "
                             "others there are categorical_accuracy and accuracy")  # fmt: skip
        super().build(shape, sparse=sparse)

    def values(self, y_true: Array, y_pred: Array) -> Array:
        """Compare the largest."""
        return y_true.reshape(y_pred.shape[:-1]) == y_pred.argmax(axis=-1)


@dataclass(kw_only=True)
class Accuracy(Metric):
    """Binary, categorical or sparse categorical accuracy: what fits the targets, as Keras does."""

    compares_classes: ClassVar[bool] = True
    type: Literal["accuracy"] = "accuracy"
    direction: ClassVar[Literal["up", "down"]] = "up"

    def build(self, shape: Shape, *, sparse: bool) -> None:
        """Choose the accuracy that fits."""
        self.kind: MeanMetric
        if shape[-1] == 1 and not sparse:
            self.kind = BinaryAccuracy()
        else:
            self.kind = SparseCategoricalAccuracy() if sparse else CategoricalAccuracy()
        self.kind.build(shape, sparse=sparse)

    def reset(self) -> None:
        """Start at nothing."""
        self.kind.reset()

    def update(self, y_true: Array, y_pred: Array, weights: Array | None = None) -> None:
        """Hand on to the accuracy that fits."""
        self.kind.update(y_true, y_pred, weights)

    def result(self) -> float:
        """Return the share that is right."""
        return self.kind.result()
