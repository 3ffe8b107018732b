"""Losses on values, by the difference. Formulas are keras.losses'."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import Literal

import numpy as np

from nncli.engine.component import require
from nncli.engine.losses.base import Loss, mean_over_outputs
from nncli.engine.types import Array, Shape


@dataclass(kw_only=True)
class MeanSquaredError(Loss):
    """mean((y_true - y_pred)²)."""

    type: Literal["mean_squared_error"] = "mean_squared_error"

    def build(self, shape: Shape) -> None:
        """Make the gradient's factor a number that ufuncs take fast."""
        self.share = np.array(2.0 / shape[-1], self.float_type)

    def values(self, y_true: Array, y_pred: Array) -> Array:
        """Average the squares."""
        return mean_over_outputs(np.square(y_pred - y_true))

    def gradient(self, y_true: Array, y_pred: Array, d_pred: Array) -> None:
        """2 (y_pred - y_true) / outputs."""
        np.subtract(y_pred, y_true, out=d_pred)
        np.multiply(d_pred, self.share, out=d_pred)


@dataclass(kw_only=True)
class MeanAbsoluteError(Loss):
    """mean(|y_true - y_pred|)."""

    type: Literal["mean_absolute_error"] = "mean_absolute_error"

    def build(self, shape: Shape) -> None:
        """Make the gradient's factor a number that ufuncs take fast."""
        self.share = np.array(1.0 / shape[-1], self.float_type)

    def values(self, y_true: Array, y_pred: Array) -> Array:
        """Average the sizes."""
        return mean_over_outputs(np.abs(y_pred - y_true))

    def gradient(self, y_true: Array, y_pred: Array, d_pred: Array) -> None:
        """sign(y_pred - y_true) / outputs."""
        np.subtract(y_pred, y_true, out=d_pred)
        np.sign(d_pred, out=d_pred)
        np.multiply(d_pred, self.share, out=d_pred)


@dataclass(kw_only=True)
class Huber(Loss):
    """mean(e² / 2 where |e| <= delta, else delta |e| - delta² / 2) (Huber, 1964)."""

    type: Literal["huber"] = "huber"
    delta: float = 1.0
    """Where the square turns into a line."""

    def check(self) -> None:
        """Refuse a delta that isn't positive."""
        require(self.delta > 0, f"delta must be above 0, got {self.delta}")

    def build(self, shape: Shape) -> None:
        """Make the gradient's factor a number that ufuncs take fast."""
        self.share = np.array(1.0 / shape[-1], self.float_type)

    def values(self, y_true: Array, y_pred: Array) -> Array:
        """Average the squares and lines."""
        error = np.abs(y_pred - y_true)
        square, line = 0.5 * error * error, self.delta * error - 0.5 * self.delta**2
        return mean_over_outputs(np.where(error <= self.delta, square, line))

    def gradient(self, y_true: Array, y_pred: Array, d_pred: Array) -> None:
        """The error, cut at ±delta, / outputs."""
        np.subtract(y_pred, y_true, out=d_pred)
        np.clip(d_pred, -self.delta, self.delta, out=d_pred)
        np.multiply(d_pred, self.share, out=d_pred)


@dataclass(kw_only=True)
class LogCosh(Loss):
    """mean(log(cosh(y_pred - y_true))), a Huber loss without a seam."""

    type: Literal["log_cosh"] = "log_cosh"

    def build(self, shape: Shape) -> None:
        """Make the gradient's factor a number that ufuncs take fast."""
        self.share = np.array(1.0 / shape[-1], self.float_type)

    def values(self, y_true: Array, y_pred: Array) -> Array:
        """Average e + log(1 + exp(-2 e)) - log(2), the form that can't overflow."""
        error = y_pred - y_true
        return mean_over_outputs(error + np.logaddexp(error * -2.0, 0.0) - log(2.0))

    def gradient(self, y_true: Array, y_pred: Array, d_pred: Array) -> None:
        """tanh(y_pred - y_true) / outputs."""
        np.subtract(y_pred, y_true, out=d_pred)
        np.tanh(d_pred, out=d_pred)
        np.multiply(d_pred, self.share, out=d_pred)
