"""Losses on probabilities. Formulas are those of keras.losses on its TensorFlow backend.

After a sigmoid or softmax they take the logits, so that nothing is lost where a probability rounds
to 0 or 1. Keras does so too, and whichever of the two activations it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Literal, Self

import numpy as np

from nncli.engine.activations.base import sigmoid
from nncli.engine.activations.softmax import softmax
from nncli.engine.component import require
from nncli.engine.losses.base import EPSILON, Loss, Meaning, mean_over_outputs
from nncli.engine.types import Array, Shape


@dataclass(kw_only=True)
class Crossentropy(Loss):
    """What the losses on probabilities have in common."""

    means: ClassVar[Meaning] = "classes"
    fuses: ClassVar[frozenset[str]] = frozenset({"sigmoid", "softmax"})
    from_logits: bool = False
    """Whether the predictions are logits, as of a last layer without activation."""

    def on_logits(self) -> Self:
        """Return the same loss with `from_logits`."""
        return replace(self, from_logits=True)

    def build(self, shape: Shape) -> None:
        """Keep scratch arrays for labels and probabilities."""
        self.labels, self.p, self.slope = (self.add_buffer(None, *shape) for _ in range(3))
        self.inside = self.add_buffer(None, *shape, dtype=bool)
        self.total, self.sums = (self.add_buffer(None, *shape[:-1], 1) for _ in range(2))


@dataclass(kw_only=True)
class Smoothed(Crossentropy):
    """One whose labels may be softened, against networks that are too sure."""

    label_smoothing: float = 0.0
    """How much of each label is spread evenly over the classes, 0 to 1."""

    def check(self) -> None:
        """Refuse smoothing that is no fraction."""
        require(
            0 <= self.label_smoothing <= 1,
            f"label_smoothing must lie between 0 and 1, got {self.label_smoothing}",
        )


@dataclass(kw_only=True)
class BinaryCrossentropy(Smoothed):
    """mean(-y_true log(y_pred) - (1 - y_true) log(1 - y_pred))."""

    type: Literal["binary_crossentropy"] = "binary_crossentropy"
    from_logits: bool = False
    """Whether the predictions are logits, as of a last layer without activation."""
    label_smoothing: float = 0.0
    """0.1 makes the labels 0.05 and 0.95."""

    def values(self, y_true: Array, y_pred: Array) -> Array:
        """Average over the outputs."""
        y_true = smooth(y_true, self.label_smoothing, 0.5)
        return mean_over_outputs(
            binary_crossentropies(y_true, y_pred, from_logits=self.from_logits)
        )

    def gradient(self, y_true: Array, y_pred: Array, d_pred: Array) -> None:
        """On logits (p - y) / outputs; on probabilities that over p (1 - p), 0 where clipped."""
        y_true = smooth(y_true, self.label_smoothing, 0.5, self.labels.array)
        if self.from_logits:
            sigmoid(y_pred, d_pred)
            np.subtract(d_pred, y_true, out=d_pred)
        else:
            p = np.clip(y_pred, EPSILON, 1 - EPSILON, out=self.p.array)
            np.subtract(p, y_true, out=d_pred)
            variance = np.subtract(1.0, p, out=self.slope.array)
            np.multiply(variance, p, out=variance)
            np.divide(d_pred, variance, out=d_pred)
            np.multiply(d_pred, np.equal(p, y_pred, out=self.inside.array), out=d_pred)
        if y_pred.shape[-1] > 1:
            np.multiply(d_pred, 1.0 / y_pred.shape[-1], out=d_pred)


@dataclass(kw_only=True)
class CategoricalCrossentropy(Smoothed):
    """-sum(y_true log(y_pred)) over the classes; y_true is one-hot."""

    type: Literal["categorical_crossentropy"] = "categorical_crossentropy"
    from_logits: bool = False
    """Whether the predictions are logits, as of a last layer without activation."""
    label_smoothing: float = 0.0
    """0.1 leaves 0.9 to the label and spreads 0.1 over all classes."""
    for_one_output: ClassVar[str | None] = "binary_crossentropy"

    def values(self, y_true: Array, y_pred: Array) -> Array:
        """Sum over the classes."""
        y_true = smooth(y_true, self.label_smoothing, 1 / y_true.shape[-1])
        if self.from_logits:
            return -(y_true * log_softmax(y_pred)).sum(axis=-1)
        p = y_pred / y_pred.sum(axis=-1, keepdims=True)
        return -(y_true * np.log(np.clip(p, EPSILON, 1 - EPSILON))).sum(axis=-1)

    def gradient(self, y_true: Array, y_pred: Array, d_pred: Array) -> None:
        """On logits p sum(y) - y; on probabilities through clip and normalization."""
        y_true = smooth(y_true, self.label_smoothing, 1 / y_true.shape[-1], self.labels.array)
        total, sums = self.total.array, self.sums.array
        if self.from_logits:
            softmax(y_pred, d_pred, total)
            np.multiply(d_pred, np.sum(y_true, axis=-1, keepdims=True, out=sums), out=d_pred)
            np.subtract(d_pred, y_true, out=d_pred)
            return
        np.sum(y_pred, axis=-1, keepdims=True, out=total)
        p = np.divide(y_pred, total, out=self.p.array)
        slope = np.clip(p, EPSILON, 1 - EPSILON, out=self.slope.array)
        inside = np.equal(p, slope, out=self.inside.array)
        np.divide(y_true, slope, out=slope)
        np.multiply(slope, inside, out=slope)
        np.sum(np.multiply(slope, p, out=p), axis=-1, keepdims=True, out=sums)
        np.subtract(sums, slope, out=d_pred)
        np.divide(d_pred, total, out=d_pred)


@dataclass(kw_only=True)
class SparseCategoricalCrossentropy(Crossentropy):
    """-log(y_pred of the true class); y_true holds the classes' numbers."""

    type: Literal["sparse_categorical_crossentropy"] = "sparse_categorical_crossentropy"
    from_logits: bool = False
    """Whether the predictions are logits, as of a last layer without activation."""
    sparse: ClassVar[bool] = True
    for_one_output: ClassVar[str | None] = "binary_crossentropy"

    def build(self, shape: Shape) -> None:
        """Number the classes."""
        super().build(shape)
        self.numbers = np.arange(shape[-1])

    def values(self, y_true: Array, y_pred: Array) -> Array:
        """Take the true class's logarithm."""
        # As Keras does: clipped probabilities are taken as logits, and so normalized.
        logits = y_pred if self.from_logits else np.log(np.clip(y_pred, EPSILON, 1 - EPSILON))
        classes = y_true.reshape(*y_pred.shape[:-1], 1)
        return -np.take_along_axis(log_softmax(logits), classes, axis=-1)[..., 0]

    def gradient(self, y_true: Array, y_pred: Array, d_pred: Array) -> None:
        """On logits p, less 1 at the true class; on probabilities that over p, 0 where clipped."""
        classes = y_true.reshape(*y_pred.shape[:-1], 1)
        p, total = self.p.array, self.total.array
        if self.from_logits:
            softmax(y_pred, d_pred, total)
        else:
            np.clip(y_pred, EPSILON, 1 - EPSILON, out=p)
            np.divide(p, np.sum(p, axis=-1, keepdims=True, out=total), out=d_pred)
        np.subtract(d_pred, np.equal(classes, self.numbers, out=self.inside.array), out=d_pred)
        if not self.from_logits:
            np.multiply(d_pred, np.equal(p, y_pred, out=self.inside.array), out=d_pred)
            np.divide(d_pred, p, out=d_pred)


def binary_crossentropies(y_true: Array, y_pred: Array, *, from_logits: bool) -> Array:
    """Return the binary crossentropy of every output by itself."""
    if from_logits:
        # max(z, 0) - z y + log(1 + exp(-|z|)), the form that can't overflow
        return np.maximum(y_pred, 0) - y_pred * y_true + np.log1p(np.exp(-np.abs(y_pred)))
    p = np.clip(y_pred, EPSILON, 1 - EPSILON)
    return -(y_true * np.log(p) + (1 - y_true) * np.log(1 - p))


def smooth(y_true: Array, amount: float, share: float, labels: Array | None = None) -> Array:
    """Return labels with `amount` of each taken off and `share` of that given to every class.

    They are written to `labels` where it is given.
    """
    if not amount:
        return y_true
    labels = np.multiply(y_true, 1 - amount, out=labels)
    return np.add(labels, share * amount, out=labels)


def log_softmax(x: Array) -> Array:
    """Return log(exp(x) / sum(exp(x))) over the last axis."""
    shifted = x - x.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
