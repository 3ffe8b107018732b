"""What the pictures count: who was taken for whom, and what each threshold would find."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nncli.engine.types import Array


@dataclass(frozen=True)
class RocCurve:
    """How many rows a falling threshold finds, rightly and wrongly. Both rates run from 0 to 1."""

    false_rate: Array
    true_rate: Array

    @property
    def area(self) -> float:
        """The area under the curve: the chance that a positive row scores above a negative one."""
        widths = np.diff(self.false_rate)
        heights = (self.true_rate[1:] + self.true_rate[:-1]) / 2
        return float(widths @ heights)


def confusion_counts(y_true: Array, y_pred: Array, classes: int) -> Array:
    """Return how many rows of each true class (first axis) went to each predicted one (second).

    Both arguments are class numbers, of shape (rows,) and below `classes`.
    """
    pairs = np.asarray(y_true, np.int64) * classes + np.asarray(y_pred, np.int64)
    return np.bincount(pairs, minlength=classes * classes).reshape(classes, classes)


def predicted_classes(probabilities: Array) -> Array:
    """Return class numbers for probabilities of shape (rows, classes), or (rows, 1) of the second.

    One column is split above 0.5, as Keras's binary_accuracy does.
    """
    if probabilities.shape[1] == 1:
        return (probabilities[:, 0] > 0.5).astype(np.int64)
    return probabilities.argmax(axis=1)


def roc_curve(is_positive: Array, scores: Array) -> RocCurve:
    """Return the receiver operating characteristic of `scores`, both of shape (rows,).

    Rows of one score are found together. There must be rows of either kind.
    """
    order = np.argsort(-scores, kind="stable")
    found = np.cumsum(is_positive[order], dtype=np.int64)
    last_of_score = np.append(np.flatnonzero(np.diff(scores[order])), len(scores) - 1)
    true_positives = np.append(0, found[last_of_score])
    false_positives = np.append(0, last_of_score + 1) - true_positives
    return RocCurve(
        false_rate=false_positives / false_positives[-1],
        true_rate=true_positives / true_positives[-1],
    )
