"""What training makes smaller: the sum of the outputs' losses, averaged over the batch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nncli.engine.model import Model
from nncli.engine.program import Plan
from nncli.engine.types import Array, Arrays


class Objective:
    """The sum of the losses of a model's outputs.

    A loss is averaged over everything but its outputs' last axis, as by Keras's reduction
    "sum_over_batch_size".
    """

    def __init__(self, model: Model) -> None:
        self.losses = model.losses

    def gradient(self, targets: Sequence[Array], plan: Plan, batch: int | None = None) -> None:
        """Fill the plan's `d_outputs` for the outputs that it has just computed.

        `batch` is how many rows the whole batch has, where the plan's are only some of them.
        """
        share = plan.rows / (batch or plan.rows)
        for loss, y_true, y_pred, d_pred in zip(
            self.losses, targets, plan.outputs, plan.d_outputs, strict=True
        ):
            loss.gradient(y_true, y_pred, d_pred)
            d_pred *= y_pred.shape[-1] / y_pred.size * share

    def values(self, targets: Arrays, outputs: Arrays) -> Array:
        """Return each row's loss, (rows,), in float64; their mean is the loss of the batch."""
        total: Array = np.zeros(len(outputs[0]))
        for loss, y_true, y_pred in zip(self.losses, targets, outputs, strict=True):
            values = loss.values(y_true, y_pred)
            total += values if values.ndim == 1 else values.reshape(len(values), -1).mean(axis=1)
        return total
