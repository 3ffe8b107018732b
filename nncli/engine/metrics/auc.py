"""The area under a curve of two measures over all thresholds. As keras.metrics.AUC."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.activations.base import sigmoid
from nncli.engine.component import require
from nncli.engine.losses.base import EPSILON
from nncli.engine.metrics.tally import Tallied, Tally, are_even, divide
from nncli.engine.types import Array, Shape
from nncli.errors import ShapeError


@dataclass(kw_only=True)
class Auc(Tallied):
    """The area under the ROC curve, or under that of precision over recall.

    It is added up between thresholds that divide 0 to 1 evenly, or those given.
    """

    type: Literal["auc"] = "auc"
    num_thresholds: int = 200
    """How finely the curve is drawn."""
    curve: Literal["ROC", "PR", "PRGAIN"] = "ROC"
    """`ROC`: recall over false alarms; `PR`: precision over recall; `PRGAIN`: their gains over
    always saying 1 (Flach and Kull, 2015)."""
    summation_method: Literal["interpolation", "minoring", "majoring"] = "interpolation"
    """Whether steps of the curve count at their middle, their lower or their upper end."""
    thresholds: tuple[float, ...] | None = None
    """Thresholds between 0 and 1, instead of even ones."""
    multi_label: bool = False
    """Whether each output has a curve of its own; the areas are then averaged."""
    label_weights: tuple[float, ...] | None = None
    """How much each output counts."""
    from_logits: bool = False
    """Whether the predictions are logits, as of a last layer without activation."""

    def check(self) -> None:
        """Refuse thresholds that don't make a curve, and weights below nothing."""
        require(
            self.num_thresholds >= 2,
            f"num_thresholds must be at least 2, got {self.num_thresholds}",
        )
        require(
            all(0 <= threshold <= 1 for threshold in self.thresholds or ()),
            f"thresholds must lie between 0 and 1, got {self.thresholds}",
        )
        require(
            all(weight >= 0 for weight in self.label_weights or ()),
            f"label_weights must not be negative, got {self.label_weights}",
        )

    def new_tally(self, shape: Shape) -> Tally:
        """Put a threshold beyond either end, so that the curve goes from corner to corner."""
        if self.label_weights is not None and len(self.label_weights) != shape[-1]:
            raise ShapeError(
                f"auc has {len(self.label_weights)} label_weights for {shape[-1]} outputs"
            )
        if self.multi_label and len(shape) != 1:
            raise ShapeError("auc with multi_label needs one row of outputs for each row")
        inner = np.linspace(0.0, 1.0, self.num_thresholds)[1:-1].tolist()
        if self.thresholds is not None:
            inner = sorted(self.thresholds)
        even = self.thresholds is None or are_even([0.0, *inner, 1.0])
        columns = shape[-1] if self.multi_label else 1
        return Tally([-EPSILON, *inner, 1.0 + EPSILON], columns, even=even)

    def count(self, y_true: Array, y_pred: Array, weights: Array) -> None:
        """Count probabilities; outputs that share a curve by their weights."""
        if self.from_logits:
            y_pred = sigmoid(y_pred, np.empty_like(y_pred))
        if self.label_weights is not None and not self.multi_label:
            weights = weights * np.array(self.label_weights)
        super().count(y_true, y_pred, weights)

    def result(self) -> float:
        """Return the area; 0 where there is none."""
        if self.curve == "PR" and self.summation_method == "interpolation":
            steps = self._interpolated_steps()
        else:
            x, y = self._points()
            heights = {
                "interpolation": (y[:-1] + y[1:]) / 2.0,
                "minoring": np.minimum(y[:-1], y[1:]),
                "majoring": np.maximum(y[:-1], y[1:]),
            }[self.summation_method]
            steps = (x[:-1] - x[1:]) * heights
        areas = steps.sum(axis=0)
        if not self.multi_label or self.label_weights is None:
            return float(areas.mean())
        weights = np.array(self.label_weights)
        return float(divide((areas * weights).sum(), weights.sum()))

    def _points(self) -> tuple[Array, Array]:
        """Return x and y of the curve at each threshold, (thresholds, columns)."""
        tally = self.tally
        hits, alarms = tally.true_positives, tally.false_positives
        if self.curve == "ROC":
            return divide(alarms, alarms + tally.true_negatives), tally.recall
        if self.curve == "PR":
            return tally.recall, tally.precision
        odds = divide(tally.positives.sum(axis=1), tally.negatives.sum(axis=1))
        recall_gain = np.where(hits == 0, 0.0, 1.0 - odds * divide(tally.false_negatives, hits))
        precision_gain = np.where(hits == 0, 1.0, 1.0 - odds * divide(alarms, hits))
        return np.maximum(recall_gain, 0.0), precision_gain

    def _interpolated_steps(self) -> Array:
        """Return the area of each step, on whose way counts, not their ratio, change evenly.

        Davis and Goadrich (2006), The relationship between precision-recall and ROC curves.
        """
        hits = self.tally.true_positives
        said = hits + self.tally.false_positives
        gained = hits[:-1] - hits[1:]
        slope = divide(gained, np.maximum(said[:-1] - said[1:], 0))
        intercept = hits[1:] - slope * said[1:]
        both = (said[:-1] > 0) & (said[1:] > 0)
        ratio = np.where(both, divide(said[:-1], np.maximum(said[1:], 0)), 1.0)
        there = (hits + self.tally.false_negatives)[1:]
        return divide(slope * (gained + intercept * np.log(ratio)), np.maximum(there, 0))
