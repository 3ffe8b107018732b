"""What regularizers add to a model's loss and to its gradients."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nncli.engine.buffers import Buffer
from nncli.engine.context import Context
from nncli.engine.regularizers import Regularizer
from nncli.engine.state import State
from nncli.engine.types import Array

if TYPE_CHECKING:
    from nncli.engine.model import Model


class Activity:
    """A layer's outputs under a regularizer: their penalty, averaged over the rows of the batch."""

    def __init__(self, regularizer: Regularizer, scratch: Buffer) -> None:
        self.regularizer, self.scratch = regularizer, scratch
        self.total = 0.0
        """The penalties of all rows since it was last set to 0."""

    def forward(self, output: Array) -> None:
        """Count the penalty."""
        self.total += self.regularizer.penalty(output, self.scratch.array)

    def backward(self, output: Array, d_output: Array, context: Context) -> None:
        """Add the gradient, in a training step."""
        if context.batch:
            scratch = self.scratch.array
            self.regularizer.add_gradient(output, d_output, 1.0 / context.batch, scratch)


class Penalties:
    """The penalties of a model's trained weights and watched outputs; false where it has none.

    What replicas share is penalized by the first of them alone.
    """

    def __init__(self, model: Model) -> None:
        self.context = model.training_context
        weights = [] if self.context.replica else model.parameters.weights.values()
        self.weights = [
            (weight, weight.regularizer, np.empty(weight.shape, model.dtype))
            for weight in weights
            if weight.regularizer is not None
        ]
        parts = [part for node in model.nodes for _, part in node.layer.walk()]
        found = [getattr(part, "activity", None) for part in parts]
        self.activities = [activity for activity in found if isinstance(activity, Activity)]
        self._counted = 0.0

    def __bool__(self) -> bool:
        return bool(self.weights or self.activities)

    def of_weights(self) -> float:
        """Return what the weights as they are add to the loss."""
        return sum(rule.penalty(weight.value, scratch) for weight, rule, scratch in self.weights)

    def begin(self, batch: int) -> None:
        """Get ready for the backward pass of a batch of that many rows, and count its penalty."""
        self.context.batch = batch
        self._counted += self.of_weights() * batch

    def add_gradients(self) -> None:
        """Add the penalties' to the weights' gradients, which the backward pass has set."""
        for weight, rule, scratch in self.weights:
            rule.add_gradient(weight.value, weight.gradient, 1.0, scratch)

    def state(self) -> State:
        """Return what is counted and not yet taken."""
        return {"counted": self._counted, "activities": [a.total for a in self.activities]}

    def load_state(self, state: State) -> None:
        """Go on from there."""
        self._counted = state["counted"]
        for activity, total in zip(self.activities, state["activities"], strict=True):
            activity.total = total

    def take(self) -> float:
        """Return the penalties since this was last called, each times the rows of its batch."""
        total, self._counted = self._counted, 0.0
        for activity in self.activities:
            total += activity.total
            activity.total = 0.0
        return total
