"""Loss and metrics over blocks of rows, as Keras's history has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np

from nncli.engine.metrics import Metric
from nncli.engine.model import Model
from nncli.engine.objective import Objective
from nncli.engine.penalties import Penalties
from nncli.engine.state import State
from nncli.engine.types import Array, Arrays
from nncli.errors import ConfigError
from nncli.training.dataset import Rows, Undo, truth
from nncli.training.output_scores import OutputScores

Metrics = Sequence[Metric] | Mapping[str, Sequence[Metric]]
"""Those of the one output, or of each by its name."""


class Scorer:
    """Adds up loss and metrics of a model's outputs, block by block.

    Where there are several outputs, each has its own loss and metrics beside the loss of all, in
    columns that begin with its name.

    Arguments:
        model: built with its losses.
        metrics: from the config.
        undo: for each output, what brings it to the units that metrics are to be in; the loss
            stays in those that the network is trained in.

    Raises:
        ConfigError: if a metric doesn't fit the targets.
    """

    def __init__(self, model: Model, metrics: Metrics, undo: Sequence[Undo | None] = ()) -> None:
        self.model = model
        self.objective = Objective(model)
        self.penalties = Penalties(model)
        self.outputs = [
            OutputScores(
                metrics.get(name, ()) if isinstance(metrics, Mapping) else metrics,
                shape=shape,
                undo=undo[number] if undo else None,
                name=name if len(model.output_names) > 1 else None,
            )
            for number, (name, shape) in enumerate(
                zip(model.output_names, model.output_shapes, strict=True)
            )
        ]
        problems = [
            problem
            for output, name, loss in zip(
                self.outputs, model.output_names, model.losses, strict=True
            )
            for problem in output.build(
                sparse=loss.sparse,
                place=("metrics", name) if isinstance(metrics, Mapping) else ("metrics",),
            )
        ]
        if problems:
            raise ConfigError(problems)
        self._has_metrics = any(output.metrics for output in self.outputs)
        self._several = len(self.outputs) > 1
        self.reset()
        self.directions: dict[str, Literal["up", "down"]] = dict.fromkeys(self.result(), "down")
        for output in self.outputs:
            self.directions |= output.directions()

    def reset(self) -> None:
        """Forget what was added."""
        self.total, self.count = 0.0, 0
        for output in self.outputs:
            output.reset()

    def state(self) -> State:
        """Return the sums so far."""
        sums = {"total": self.total, "count": self.count}
        return {**sums, "outputs": [output.state() for output in self.outputs]}

    def load_state(self, state: State) -> None:
        """Go on from there."""
        self.total, self.count = state["total"], state["count"]
        for output, own in zip(self.outputs, state["outputs"], strict=True):
            output.load_state(own)

    def add(self, targets: Arrays, outputs: Arrays, batch_size: int) -> Array:
        """Add a block of rows that came in batches of that many; return each row's loss.

        For targets, and what was kept of the rows as `outputs`, see Objective.
        """
        each = self.objective.each(targets, outputs)
        losses = self.objective.total(each)
        self.total += float(np.add.reduce(losses))
        self.count += len(losses)
        if self._several:
            for output, values in zip(self.outputs, each, strict=True):
                output.add_loss(values, batch_size)
        if self._has_metrics:
            predictions = self.model.activate(outputs[: len(self.outputs)])
            for number, output in enumerate(self.outputs):
                counted = self.objective.counted(outputs, number)
                output.add(targets[number], predictions[number], counted)
        return losses

    def result(self) -> dict[str, float]:
        """Return the loss and every metric of all rows added since the last reset."""
        scores = {"loss": self.total / self.count if self.count else 0.0}
        if self._several:
            scores |= {output.loss_column: output.loss for output in self.outputs}
        for output in self.outputs:
            scores |= output.result()
        return scores

    def evaluate(self, rows: Rows, batch_size: int) -> dict[str, float]:
        """Return loss and metrics of the model on these rows, penalties included."""
        self.losses(rows, batch_size)
        self.total += self.penalties.take() + self.penalties.of_weights() * self.count
        return self.result()

    def losses(self, rows: Rows, batch_size: int) -> list[Array]:
        """Score these rows and no others; return each one's loss, step by step.

        Batches are predicted several at a time, but where masks make each average by itself.
        """
        self.reset()
        self.penalties.take()
        known, losses = truth(rows), []
        batches = 1 if self.objective.masks else self.model.comfortable_batch // batch_size
        step = batch_size * max(1, batches)
        for start in range(0, len(rows), step):
            part = slice(start, min(start + step, len(rows)))
            plan = self.model.plan(part.stop - part.start, training=False)
            for array, values in zip(plan.inputs, rows.inputs, strict=True):
                np.copyto(array, values[part])
            plan.forward()
            targets = tuple(target[part] for target in known)
            losses.append(self.add(targets, self.objective.kept(plan), batch_size))
        return losses
