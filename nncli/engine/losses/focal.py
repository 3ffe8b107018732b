"""Crossentropies that look away from what is already right (Lin et al., 2017).

Formulas are those of keras.losses on its TensorFlow backend.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from nncli.engine.activations.base import sigmoid
from nncli.engine.activations.softmax import softmax
from nncli.engine.component import require
from nncli.engine.losses.base import EPSILON, mean_over_outputs
from nncli.engine.losses.crossentropy import Smoothed, binary_crossentropies, smooth
from nncli.engine.types import Array, Shape
from nncli.errors import ShapeError


@dataclass(kw_only=True)
class _Focal(Smoothed):
    gamma: float = 2.0

    def check(self) -> None:
        """Refuse a gamma that would look away from what is wrong."""
        super().check()
        require(self.gamma >= 0, f"gamma must not be negative, got {self.gamma}")

    def write_focus_slope(self, miss: Array, out: Array) -> None:
        """Write the derivative of miss ** gamma, cut where it would be infinite (gamma < 1)."""
        np.maximum(miss, EPSILON, out=out)
        np.power(out, self.gamma - 1.0, out=out)
        np.multiply(out, self.gamma, out=out)


@dataclass(kw_only=True)
class BinaryFocalCrossentropy(_Focal):
    """Binary crossentropy times (1 - the probability given to the truth) ** gamma."""

    type: Literal["binary_focal_crossentropy"] = "binary_focal_crossentropy"
    fuses: ClassVar[frozenset[str]] = frozenset({"sigmoid"})
    apply_class_balancing: bool = False
    """Whether ones weigh `alpha` and zeros 1 - alpha."""
    alpha: float = 0.25
    """The weight of ones, from 0 to 1, where classes are balanced."""
    gamma: float = 2.0
    """How much less counts what is nearly right; 0 is the plain crossentropy."""
    from_logits: bool = False
    """Whether the predictions are logits, as of a last layer without activation."""
    label_smoothing: float = 0.0
    """0.1 makes the labels 0.05 and 0.95."""

    def build(self, shape: Shape) -> None:
        """Keep scratch arrays for the parts of the product."""
        super().build(shape)
        self.miss, self.entropy = (self.add_buffer(None, *shape) for _ in range(2))

    def values(self, y_true: Array, y_pred: Array) -> Array:
        """Average over the outputs."""
        y_true = smooth(y_true, self.label_smoothing, 0.5)
        entropies = binary_crossentropies(y_true, y_pred, from_logits=self.from_logits)
        p = sigmoid(y_pred, np.empty_like(y_pred)) if self.from_logits else y_pred
        miss = 1 - (y_true * p + (1 - y_true) * (1 - p))
        losses = np.power(miss, self.gamma) * entropies
        if self.apply_class_balancing:
            losses *= y_true * self.alpha + (1 - y_true) * (1 - self.alpha)
        return mean_over_outputs(losses)

    def gradient(self, y_true: Array, y_pred: Array, d_pred: Array) -> None:
        """The product rule, with miss = t + p (1 - 2 t) for labels t and probabilities p."""
        t = smooth(y_true, self.label_smoothing, 0.5, self.labels.array)
        slope, miss, entropy = self.slope.array, self.miss.array, self.entropy.array
        p = self._differentiate_entropy(t, y_pred, d_pred)
        turn = np.add(np.multiply(t, -2.0, out=slope), 1.0, out=slope)
        np.add(np.multiply(p, turn, out=miss), t, out=miss)
        np.multiply(entropy, turn, out=entropy)
        if self.from_logits:
            np.multiply(entropy, p, out=entropy)
            np.multiply(entropy, np.subtract(1.0, p, out=slope), out=entropy)
        np.multiply(d_pred, np.power(miss, self.gamma, out=slope), out=d_pred)
        self.write_focus_slope(miss, slope)
        np.add(d_pred, np.multiply(entropy, slope, out=entropy), out=d_pred)
        if self.apply_class_balancing:
            np.multiply(t, 2 * self.alpha - 1, out=slope)
            np.multiply(d_pred, np.add(slope, 1 - self.alpha, out=slope), out=d_pred)
        np.multiply(d_pred, 1.0 / y_pred.shape[-1], out=d_pred)

    def _differentiate_entropy(self, t: Array, y_pred: Array, d_pred: Array) -> Array:
        """Write the crossentropy to `entropy`, its slope to `d_pred`; return the probabilities."""
        p, entropy, product = self.p.array, self.entropy.array, self.slope.array
        if self.from_logits:
            np.logaddexp(y_pred, 0.0, out=entropy)
            np.subtract(entropy, np.multiply(y_pred, t, out=product), out=entropy)
            np.subtract(sigmoid(y_pred, p), t, out=d_pred)
            return p
        np.clip(y_pred, EPSILON, 1 - EPSILON, out=p)
        rest = np.subtract(1.0, p, out=self.miss.array)
        np.subtract(p, t, out=d_pred)
        np.divide(d_pred, np.multiply(p, rest, out=product), out=d_pred)
        np.multiply(d_pred, np.equal(p, y_pred, out=self.inside.array), out=d_pred)
        # -(t log(p) + (1 - t) log(1 - p)), as log(1 - p) + t (log(p) - log(1 - p))
        np.subtract(np.log(p, out=product), np.log(rest, out=entropy), out=product)
        np.add(entropy, np.multiply(product, t, out=product), out=entropy)
        np.negative(entropy, out=entropy)
        return y_pred


@dataclass(kw_only=True)
class CategoricalFocalCrossentropy(_Focal):
    """sum(-alpha y_true (1 - y_pred) ** gamma log(y_pred)) over the classes; one-hot targets."""

    type: Literal["categorical_focal_crossentropy"] = "categorical_focal_crossentropy"
    fuses: ClassVar[frozenset[str]] = frozenset()
    for_one_output: ClassVar[str | None] = "binary_focal_crossentropy"
    alpha: float | tuple[float, ...] = 0.25
    """The weight of all classes, or a list with one for each."""
    gamma: float = 2.0
    """How much less counts what is nearly right; 0 is the plain crossentropy."""
    from_logits: bool = False
    """Whether the predictions are logits, as of a last layer without activation."""
    label_smoothing: float = 0.0
    """0.1 leaves 0.9 to the label and spreads 0.1 over all classes."""

    def build(self, shape: Shape) -> None:
        """Keep scratch arrays for the parts of the product."""
        super().build(shape)
        self.miss, self.entropy = (self.add_buffer(None, *shape) for _ in range(2))
        self.factors = np.array(self.alpha, self.float_type)
        if self.factors.shape not in ((), (shape[-1],)):
            raise ShapeError(f"{self.type} has {self.factors.size} alphas for {shape[-1]} classes")

    def values(self, y_true: Array, y_pred: Array) -> Array:
        """Sum over the classes."""
        y_true = smooth(y_true, self.label_smoothing, 1 / y_true.shape[-1])
        p = y_pred
        if self.from_logits:
            p = np.empty_like(y_pred)
            softmax(y_pred, p, np.empty_like(y_pred[..., :1]))
        p = np.clip(p / p.sum(axis=-1, keepdims=True), EPSILON, 1 - EPSILON)
        alpha = np.asarray(self.alpha, y_pred.dtype)
        return -(alpha * y_true * np.power(1 - p, self.gamma) * np.log(p)).sum(axis=-1)

    def gradient(self, y_true: Array, y_pred: Array, d_pred: Array) -> None:
        """The product rule, then through clip and normalization (or softmax)."""
        t = smooth(y_true, self.label_smoothing, 1 / y_true.shape[-1], self.labels.array)
        p, total, sums = self.p.array, self.total.array, self.sums.array
        if self.from_logits:
            softmax(y_pred, p, total)
        else:
            np.divide(y_pred, np.sum(y_pred, axis=-1, keepdims=True, out=total), out=p)
        clipped, entropy = (
            np.clip(p, EPSILON, 1 - EPSILON, out=self.slope.array),
            self.entropy.array,
        )
        miss = np.subtract(1.0, clipped, out=self.miss.array)
        self.write_focus_slope(miss, d_pred)
        np.multiply(d_pred, np.log(clipped, out=entropy), out=d_pred)
        np.divide(np.power(miss, self.gamma, out=entropy), clipped, out=entropy)
        np.subtract(d_pred, entropy, out=d_pred)
        np.multiply(np.multiply(d_pred, t, out=d_pred), self.factors, out=d_pred)
        np.multiply(d_pred, np.equal(p, clipped, out=self.inside.array), out=d_pred)
        np.sum(np.multiply(d_pred, p, out=entropy), axis=-1, keepdims=True, out=sums)
        np.subtract(d_pred, sums, out=d_pred)
        if self.from_logits:
            np.multiply(d_pred, p, out=d_pred)
        else:
            np.divide(d_pred, total, out=d_pred)
