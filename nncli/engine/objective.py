"""What training makes smaller: the weighted sum of the outputs' losses, averaged over the batch."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import numpy as np

from nncli.engine.buffers import Buffer
from nncli.engine.model import Model
from nncli.engine.program import Plan
from nncli.engine.types import Array, Arrays, Shape


class Objective:
    """The weighted sum of the losses of a model's outputs.

    A loss is averaged over everything but its outputs' last axis, as by Keras's reduction
    "sum_over_batch_size". Where an output has a mask only the entries that count are averaged, in
    each batch by itself. So each batch keeps, behind its outputs, the weights of their entries:
    (entries / entries that count) or 0.

    Targets are arrays of rows, one for each output; where rows don't count alike, their weights
    (rows,) stand behind them. As in Keras the weighted losses are divided by how many there are.
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self.losses, self.loss_weights = model.losses, model.loss_weights
        self._shares_in: dict[int, Arrays] = {}
        self.context = model.training_context
        masks = _output_masks(model)
        self.masks: list[Buffer] = [mask for mask in masks if mask]
        numbers = iter(range(len(masks), len(masks) + len(self.masks)))
        self._weights_of = [next(numbers) if mask else None for mask in masks]
        self.shapes = (*model.output_shapes, *(_row_shape(mask) for mask in self.masks))
        """What is kept of each row: the outputs, and weights where there are masks."""

    def keep(self, plan: Plan, kept: Sequence[Array], batch: int | None = None) -> None:
        """Copy what a pass has computed to arrays of (rows, *shape).

        `batch` is how many rows the whole batch has, where the plan's are only some of them.
        """
        for array, output in zip(kept, plan.outputs, strict=False):
            np.copyto(array, output)
        if self.masks:
            self._keep_weights(plan, kept, batch)

    def _keep_weights(self, plan: Plan, kept: Sequence[Array], batch: int | None) -> None:
        for mask, weights in zip(self.masks, kept[len(plan.outputs) :], strict=True):
            counted = np.array([np.count_nonzero(mask.array)], np.float64)
            share = plan.rows / (batch or plan.rows)
            if share < 1:
                counted = self.context.meeting.add_up(self.context.replica, counted)
            scale = weights.size / share / counted[0] if counted[0] else 0.0
            np.multiply(mask.array, scale, out=weights, casting="same_kind")

    def kept(self, plan: Plan) -> Arrays:
        """Return what there is to keep of a pass, which the next one overwrites."""
        if not self.masks:
            return plan.outputs
        weights = (np.empty(mask.array.shape, plan.outputs[0].dtype) for mask in self.masks)
        kept = (*plan.outputs, *weights)
        self.keep(plan, kept)
        return kept

    def gradient(
        self,
        targets: Sequence[Array],
        plan: Plan,
        kept: Sequence[Array] = (),
        batch: int | None = None,
    ) -> None:
        """Fill the plan's `d_outputs` for the outputs that it has just computed.

        `kept` is what `keep` has filled; without masks it isn't needed.
        """
        row_weights = self._row_weights(targets)
        for loss, share, y_true, y_pred, d_pred, weights in zip(
            self.losses,
            self._shares(batch or plan.rows),
            targets,
            plan.outputs,
            plan.d_outputs,
            self._weights_of,
            strict=False,
        ):
            loss.gradient(y_true, y_pred, d_pred)
            np.multiply(d_pred, share, d_pred)
            if weights is not None:
                d_pred *= kept[weights][..., np.newaxis]
            if row_weights is not None:
                d_pred *= _beside(row_weights, d_pred)

    def _shares(self, batch: int) -> Arrays:
        """Return what an entry of each output has of its loss, in a batch of so many rows."""
        if batch not in self._shares_in:
            self._shares_in[batch] = tuple(
                np.array(loss_weight / (prod(shape[:-1]) * batch), self.model.dtype)
                for loss_weight, shape in zip(
                    self.loss_weights, self.model.output_shapes, strict=True
                )
            )
        return self._shares_in[batch]

    def values(self, targets: Sequence[Array], kept: Sequence[Array]) -> Array:
        """Return each row's loss, (rows,), in float64; their mean is the loss of the batch."""
        return self.total(self.each(targets, kept))

    def each(self, targets: Sequence[Array], kept: Sequence[Array]) -> list[Array]:
        """Return each row's loss at every output, (rows,) each, not yet times the loss's weight."""
        row_weights = self._row_weights(targets)
        found = []
        for loss, y_true, y_pred, weights in zip(
            self.losses, targets, kept, self._weights_of, strict=False
        ):
            values = loss.values(y_true, y_pred)
            if weights is not None:
                values = values * kept[weights]
            if values.ndim > 1:
                values = values.reshape(len(values), -1).mean(axis=1)
            found.append(values if row_weights is None else values * row_weights)
        return found

    def total(self, values: Sequence[Array]) -> Array:
        """Return each row's loss, of its losses at every output."""
        total: Array = np.zeros(len(values[0]))
        for loss_weight, loss in zip(self.loss_weights, values, strict=True):
            total += loss if loss_weight == 1.0 else loss_weight * loss
        return total

    def _row_weights(self, targets: Sequence[Array]) -> Array | None:
        return targets[-1] if len(targets) > len(self.losses) else None

    def counted(self, kept: Arrays, output: int) -> Array | None:
        """Return which entries of an output count, (rows, ...), for metrics; None for all."""
        weights = self._weights_of[output]
        return None if weights is None else kept[weights] > 0


def _beside(weights: Array, values: Array) -> Array:
    """Return the weights of rows in a shape that multiplies those of (rows, ...)."""
    return weights.reshape(weights.shape + (1,) * (values.ndim - 1))


def _row_shape(mask: Buffer) -> Shape:
    return tuple(size for size in mask.shape[1:] if size is not None)


def _output_masks(model: Model) -> list[Buffer | None]:
    """Return the masks of the outputs, where they have an entry for each loss."""
    masks = {
        value: mask
        for node in model.nodes
        for value, mask in zip(node.outputs, node.masks, strict=True)
    }
    return [
        mask if (mask := masks[end]) and _row_shape(mask) == model.shapes[end][:-1] else None
        for end in model.ends
    ]
