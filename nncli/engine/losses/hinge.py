"""Losses that want a margin between the classes. Formulas are keras.losses'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from nncli.engine.losses.base import Loss, Meaning, mean_over_outputs
from nncli.engine.types import Array, Shape


@dataclass(kw_only=True)
class _Margin(Loss):
    """One on labels of -1 and 1; as in Keras, labels that are all 0 or 1 are turned into those."""

    means: ClassVar[Meaning] = "classes"

    def build(self, shape: Shape) -> None:
        """Keep scratch arrays."""
        self.labels, self.product = (self.add_buffer(None, *shape) for _ in range(2))
        self.zero, self.one = (self.add_buffer(None, *shape, dtype=bool) for _ in range(2))

    def signs(self, y_true: Array) -> Array:
        """Write the labels as -1 and 1, without new arrays."""
        zero, labels = np.equal(y_true, 0, out=self.zero.array), self.labels.array
        one = np.equal(y_true, 1, out=self.one.array)
        if not np.logical_or(zero, one, out=one).all():
            return y_true
        return np.subtract(np.multiply(y_true, 2.0, out=labels), 1.0, out=labels)

    def shortfall(self, y_true: Array, y_pred: Array) -> Array:
        """Return how much each output lacks to a margin of 1."""
        binary = ((y_true == 0) | (y_true == 1)).all()
        labels = 2.0 * y_true - 1.0 if binary else y_true
        return np.maximum(1.0 - labels * y_pred, 0)


@dataclass(kw_only=True)
class Hinge(_Margin):
    """mean(max(1 - y_true y_pred, 0)), with y_true -1 or 1."""

    type: Literal["hinge"] = "hinge"

    def values(self, y_true: Array, y_pred: Array) -> Array:
        """Average what is lacking."""
        return mean_over_outputs(self.shortfall(y_true, y_pred))

    def gradient(self, y_true: Array, y_pred: Array, d_pred: Array) -> None:
        """-y_true / outputs where the margin isn't more than reached."""
        labels, product = self.signs(y_true), self.product.array
        np.multiply(labels, y_pred, out=product)
        np.multiply(labels, np.less_equal(product, 1.0, out=self.zero.array), out=d_pred)
        np.multiply(d_pred, -1.0 / y_pred.shape[-1], out=d_pred)


@dataclass(kw_only=True)
class SquaredHinge(_Margin):
    """mean(max(1 - y_true y_pred, 0)²), with y_true -1 or 1."""

    type: Literal["squared_hinge"] = "squared_hinge"

    def values(self, y_true: Array, y_pred: Array) -> Array:
        """Average the squares of what is lacking."""
        return mean_over_outputs(np.square(self.shortfall(y_true, y_pred)))

    def gradient(self, y_true: Array, y_pred: Array, d_pred: Array) -> None:
        """-2 y_true max(1 - y_true y_pred, 0) / outputs."""
        labels, product = self.signs(y_true), self.product.array
        np.multiply(labels, y_pred, out=product)
        np.maximum(np.subtract(1.0, product, out=product), 0, out=product)
        np.multiply(labels, product, out=d_pred)
        np.multiply(d_pred, -2.0 / y_pred.shape[-1], out=d_pred)


@dataclass(kw_only=True)
class CategoricalHinge(Loss):
    """max(1 + the largest output of another class - that of the true class, 0); one-hot targets."""

    type: Literal["categorical_hinge"] = "categorical_hinge"
    means: ClassVar[Meaning] = "classes"
    for_one_output: ClassVar[str | None] = "hinge"

    def build(self, shape: Shape) -> None:
        """Keep scratch arrays for the other classes and for one number a row."""
        self.others, self.product = (self.add_buffer(None, *shape) for _ in range(2))
        self.largest, self.lack = (self.add_buffer(None, *shape[:-1], 1) for _ in range(2))

    def values(self, y_true: Array, y_pred: Array) -> Array:
        """Compare the true class with the largest of the others."""
        true, other = (y_true * y_pred).sum(-1), ((1.0 - y_true) * y_pred).max(-1)
        return np.maximum(other - true + 1.0, 0)

    def gradient(self, y_true: Array, y_pred: Array, d_pred: Array) -> None:
        """1 at the largest other class (shared where several are), -1 at the true one."""
        others, product = self.others.array, self.product.array
        largest, lack = self.largest.array, self.lack.array
        np.subtract(1.0, y_true, out=others)
        np.multiply(others, y_pred, out=product)
        np.max(product, axis=-1, keepdims=True, out=largest)
        np.equal(product, largest, out=d_pred)
        np.multiply(y_true, y_pred, out=product)
        np.subtract(largest, np.sum(product, axis=-1, keepdims=True, out=lack), out=lack)
        np.divide(d_pred, np.sum(d_pred, axis=-1, keepdims=True, out=largest), out=d_pred)
        np.multiply(d_pred, others, out=d_pred)
        np.subtract(d_pred, y_true, out=d_pred)
        np.multiply(d_pred, np.greater_equal(lack, -1.0, out=largest), out=d_pred)
