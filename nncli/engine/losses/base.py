"""The contract of a loss: a value for each row, and the gradient of their sum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal, Self

import numpy as np

from nncli.engine.component import Component
from nncli.engine.types import Array, Shape

Meaning = Literal["values", "classes"]


@dataclass(kw_only=True)
class Loss(Component):
    """Base of all losses.

    `y_true` and `y_pred` have the shape (rows, ..., outputs), but for sparse losses, whose `y_true`
    holds class numbers in an array of (rows, ...) or (rows, ..., 1).
    """

    means: ClassVar[Meaning] = "values"
    """What a target column stands for unless `data.task` says otherwise."""
    sparse: ClassVar[bool] = False
    """Whether `y_true` holds the classes' numbers."""
    for_one_output: ClassVar[str | None] = None
    """What to take instead where there is one output only, for losses that compare those of several
    classes with each other."""
    fuses: ClassVar[frozenset[str]] = frozenset()
    """Activations that the loss takes over, to work on logits."""

    def on_logits(self) -> Self:
        """Return the loss that takes logits, for those that fuse an activation."""
        raise NotImplementedError

    def build(self, shape: Shape) -> None:
        """Declare the buffers for predictions of (rows, *shape)."""

    def values(self, y_true: Array, y_pred: Array) -> Array:
        """Return the loss of each row, (rows, ...), averaged over the outputs.

        Runs on blocks of many batches at once, and may allocate.
        """
        raise NotImplementedError

    def gradient(self, y_true: Array, y_pred: Array, d_pred: Array) -> None:
        """Write the gradient of the sum of `values` with respect to `y_pred`; runs in the step."""
        raise NotImplementedError


EPSILON = 1e-7
"""keras.config.epsilon(): how far probabilities keep from 0 and 1."""


def mean_over_outputs(values: Array) -> Array:
    """Return the mean over the last axis; numpy's own `mean` takes 5 us before it starts."""
    if values.shape[-1] == 1:
        return values[..., 0]
    return np.add.reduce(values, -1) / values.shape[-1]
