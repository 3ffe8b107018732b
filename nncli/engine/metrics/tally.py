"""Counts of outputs above thresholds, of which precision, recall and the curves are made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from nncli.engine.losses.base import EPSILON
from nncli.engine.metrics.base import Metric, expand, one_hot
from nncli.engine.state import State, fill
from nncli.engine.types import Array, Shape


class Tally:
    """How much weight lies above each threshold, positives and negatives apart.

    Arguments:
        thresholds: in any order.
        columns: how many outputs of a row are counted by themselves.
        even: whether the thresholds divide 0 to 1 evenly. Then, as in Keras, a value's place is
            found by rounding up, which may tell ties with a threshold otherwise.
    """

    def __init__(self, thresholds: Sequence[float], columns: int, *, even: bool) -> None:
        self.thresholds, self.even = np.array(thresholds, np.float64), even
        self.order = self.thresholds.argsort(kind="stable")
        self.columns = columns
        self.reset()

    def reset(self) -> None:
        """Start at nothing."""
        # Weights by how many of the thresholds are passed, a row for each column.
        shape = (self.columns, len(self.thresholds) + 1)
        self.positives, self.negatives = np.zeros(shape), np.zeros(shape)

    def state(self) -> State:
        """Return the counts."""
        return {"positives": self.positives, "negatives": self.negatives}

    def load_state(self, state: State) -> None:
        """Go on from there."""
        fill(self.positives, state["positives"])
        fill(self.negatives, state["negatives"])

    def add(self, y_true: Array, y_pred: Array, weights: Array) -> None:
        """Count arrays of one shape, whose last axis has the columns (or all count as one)."""
        passed = self._passed(y_pred).reshape(-1, self.columns)
        columns, places = self.positives.shape
        slots = (passed + np.arange(columns) * places).ravel()
        positive, weights = (y_true != 0).ravel(), weights.ravel()
        for total, chosen in ((self.positives, positive), (self.negatives, ~positive)):
            total += np.bincount(slots, weights * chosen, total.size).reshape(total.shape)

    @property
    def true_positives(self) -> Array:
        """The positives above each threshold, (thresholds, columns)."""
        return self._above(self.positives)

    @property
    def false_positives(self) -> Array:
        """The negatives above each threshold."""
        return self._above(self.negatives)

    @property
    def false_negatives(self) -> Array:
        """The positives that are not."""
        return self.positives.sum(axis=1) - self.true_positives

    @property
    def true_negatives(self) -> Array:
        """The negatives that are not."""
        return self.negatives.sum(axis=1) - self.false_positives

    @property
    def precision(self) -> Array:
        """Of what is above each threshold, the share of positives; 0 where there is nothing."""
        return divide(self.true_positives, self.true_positives + self.false_positives)

    @property
    def recall(self) -> Array:
        """Of the positives, the share above each threshold; 0 where there are none."""
        return divide(self.true_positives, self.positives.sum(axis=1))

    @property
    def specificity(self) -> Array:
        """Of the negatives, the share that isn't above; 0 where there are none."""
        return divide(self.true_negatives, self.negatives.sum(axis=1))

    def _passed(self, y_pred: Array) -> Array:
        """Return how many thresholds each value is above."""
        if not self.even:
            # In the outputs' precision: 0.3 is not above a threshold of 0.3.
            thresholds = self.thresholds[self.order].astype(y_pred.dtype)
            return np.searchsorted(thresholds, y_pred, side="left")
        passed = np.ceil(np.clip(y_pred, 0, 1) * (len(self.thresholds) - 1)).astype(np.int64)
        return np.maximum(passed, 1) if self.thresholds[0] < 0 else passed

    def _above(self, weights: Array) -> Array:
        sums = np.empty(weights.T[1:].shape)
        sums[self.order] = weights[:, ::-1].cumsum(axis=1)[:, ::-1].T[1:]
        return sums


def divide(numerator: Array, denominator: Array) -> Array:
    """Return the ratio, 0 where the denominator is 0."""
    safe = np.where(denominator == 0, 1.0, denominator)
    return np.where(denominator == 0, 0.0, numerator / safe)


def are_even(thresholds: Sequence[float]) -> bool:
    """Whether three or more thresholds divide 0 to 1 evenly, as Keras tells it."""
    even = np.arange(len(thresholds), dtype=np.float32) / max(len(thresholds) - 1, 1)
    return len(thresholds) >= 3 and np.allclose(thresholds, even, atol=EPSILON)


@dataclass(kw_only=True)
class Tallied(Metric):
    """A metric made of a tally, in which class numbers count as rows of 0 and 1."""

    compares_classes: ClassVar[bool] = True
    direction: ClassVar[Literal["up", "down"]] = "up"

    def new_tally(self, shape: Shape) -> Tally:
        """Return the tally for predictions of (rows, *shape)."""
        raise NotImplementedError

    def build(self, shape: Shape, *, sparse: bool) -> None:
        """Make the tally."""
        self.sparse = sparse
        self.tally = self.new_tally(shape)
        super().build(shape, sparse=sparse)

    def reset(self) -> None:
        """Start at nothing."""
        self.tally.reset()

    def update(self, y_true: Array, y_pred: Array, weights: Array | None = None) -> None:
        """Count every output by itself."""
        if self.sparse:
            y_true = one_hot(y_true, y_pred)
        factors = np.ones(y_pred.shape) if weights is None else expand(weights, y_pred)
        self.count(y_true, y_pred, factors)

    def count(self, y_true: Array, y_pred: Array, weights: Array) -> None:
        """Add to the tally; all three arrays have the shape of the predictions."""
        self.tally.add(y_true, y_pred, weights)
