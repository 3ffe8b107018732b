"""Losses on values of many sizes, by ratio or direction. Formulas are keras.losses'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.losses.base import EPSILON, Loss, mean_over_outputs
from nncli.engine.types import Array, Shape


@dataclass(kw_only=True)
class MeanAbsolutePercentageError(Loss):
    """100 mean(|y_true - y_pred| / |y_true|)."""

    type: Literal["mean_absolute_percentage_error"] = "mean_absolute_percentage_error"

    def build(self, shape: Shape) -> None:
        """Keep a scratch array for the sizes."""
        self.size = self.add_buffer(None, *shape)

    def values(self, y_true: Array, y_pred: Array) -> Array:
        """Average the ratios."""
        ratios = np.abs((y_true - y_pred) / np.maximum(np.abs(y_true), EPSILON))
        return 100.0 * mean_over_outputs(ratios)

    def gradient(self, y_true: Array, y_pred: Array, d_pred: Array) -> None:
        """100 sign(y_pred - y_true) / |y_true| / outputs."""
        size = np.abs(y_true, out=self.size.array)
        np.maximum(size, EPSILON, out=size)
        np.subtract(y_pred, y_true, out=d_pred)
        np.sign(d_pred, out=d_pred)
        np.divide(d_pred, size, out=d_pred)
        np.multiply(d_pred, 100.0 / y_pred.shape[-1], out=d_pred)


@dataclass(kw_only=True)
class MeanSquaredLogarithmicError(Loss):
    """mean((log(1 + y_true) - log(1 + y_pred))²), both cut at 0."""

    type: Literal["mean_squared_logarithmic_error"] = "mean_squared_logarithmic_error"

    def build(self, shape: Shape) -> None:
        """Keep scratch arrays."""
        self.raised, self.log = (self.add_buffer(None, *shape) for _ in range(2))
        self.inside = self.add_buffer(None, *shape, dtype=bool)

    def values(self, y_true: Array, y_pred: Array) -> Array:
        """Average the squares."""
        pred, true = (np.log1p(np.maximum(y, EPSILON)) for y in (y_pred, y_true))
        return mean_over_outputs(np.square(pred - true))

    def gradient(self, y_true: Array, y_pred: Array, d_pred: Array) -> None:
        """2 (difference of the logarithms) / (1 + y_pred) / outputs, 0 where cut."""
        raised, log = self.raised.array, self.log.array
        np.log1p(np.maximum(y_true, EPSILON, out=log), out=log)
        np.log1p(np.maximum(y_pred, EPSILON, out=raised), out=d_pred)
        np.subtract(d_pred, log, out=d_pred)
        np.divide(d_pred, np.add(raised, 1.0, out=raised), out=d_pred)
        inside = np.greater_equal(y_pred, EPSILON, out=self.inside.array)
        np.multiply(d_pred, inside, out=d_pred)
        np.multiply(d_pred, 2.0 / y_pred.shape[-1], out=d_pred)


@dataclass(kw_only=True)
class Poisson(Loss):
    """mean(y_pred - y_true log(y_pred)), for counts."""

    type: Literal["poisson"] = "poisson"

    def build(self, shape: Shape) -> None:
        """Keep a scratch array."""
        self.raised = self.add_buffer(None, *shape)

    def values(self, y_true: Array, y_pred: Array) -> Array:
        """Average the likelihoods."""
        return mean_over_outputs(y_pred - y_true * np.log(y_pred + EPSILON))

    def gradient(self, y_true: Array, y_pred: Array, d_pred: Array) -> None:
        """(1 - y_true / y_pred) / outputs."""
        raised = np.add(y_pred, EPSILON, out=self.raised.array)
        np.divide(y_true, raised, out=d_pred)
        np.subtract(1.0, d_pred, out=d_pred)
        np.multiply(d_pred, 1.0 / y_pred.shape[-1], out=d_pred)


@dataclass(kw_only=True)
class KLDivergence(Loss):
    """sum(y_true log(y_true / y_pred)), for targets that are distributions themselves."""

    type: Literal["kl_divergence"] = "kl_divergence"

    def build(self, shape: Shape) -> None:
        """Keep scratch arrays."""
        self.p = self.add_buffer(None, *shape)
        self.inside = self.add_buffer(None, *shape, dtype=bool)

    def values(self, y_true: Array, y_pred: Array) -> Array:
        """Add up the classes."""
        true, pred = np.clip(y_true, EPSILON, 1), np.clip(y_pred, EPSILON, 1)
        return np.add.reduce(true * np.log(true / pred), -1)

    def gradient(self, y_true: Array, y_pred: Array, d_pred: Array) -> None:
        """-y_true / y_pred, 0 where clipped."""
        p = np.clip(y_pred, EPSILON, 1, out=self.p.array)
        np.clip(y_true, EPSILON, 1, out=d_pred)
        np.divide(d_pred, p, out=d_pred)
        np.negative(d_pred, out=d_pred)
        np.multiply(d_pred, np.equal(p, y_pred, out=self.inside.array), out=d_pred)


@dataclass(kw_only=True)
class CosineSimilarity(Loss):
    """The cosine of the angle between y_true and y_pred, negative: -1 where they point alike."""

    type: Literal["cosine_similarity"] = "cosine_similarity"

    def build(self, shape: Shape) -> None:
        """Keep scratch arrays for products and for one number a row."""
        self.product = self.add_buffer(None, *shape)
        sums = (self.add_buffer(None, *shape[:-1], 1) for _ in range(3))
        self.true_scale, self.pred_scale, self.cosine = sums

    def values(self, y_true: Array, y_pred: Array) -> Array:
        """Multiply the directions."""
        true, pred = (y / np.maximum(np.sqrt((y * y).sum(-1, keepdims=True)), EPSILON)
                      for y in (y_true, y_pred))  # fmt: skip
        return -np.add.reduce(true * pred, -1)

    def gradient(self, y_true: Array, y_pred: Array, d_pred: Array) -> None:
        """(cosine * direction of y_pred - direction of y_true) / length of y_pred."""
        product, cosine = self.product.array, self.cosine.array
        true_scale, pred_scale = self.true_scale.array, self.pred_scale.array
        for y, scale in ((y_true, true_scale), (y_pred, pred_scale)):
            np.sum(np.multiply(y, y, out=product), axis=-1, keepdims=True, out=scale)
            np.maximum(np.sqrt(scale, out=scale), EPSILON, out=scale)
            np.divide(1.0, scale, out=scale)
        np.multiply(y_true, true_scale, out=d_pred)
        np.multiply(y_pred, pred_scale, out=product)
        np.multiply(d_pred, product, out=d_pred)
        np.sum(d_pred, axis=-1, keepdims=True, out=cosine)
        np.multiply(product, cosine, out=product)
        np.multiply(y_true, true_scale, out=d_pred)
        np.subtract(product, d_pred, out=d_pred)
        np.multiply(d_pred, pred_scale, out=d_pred)
