"""Loss and metrics over blocks of rows, as Keras's history has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from nncli.engine.metrics import Metric
from nncli.engine.metrics.base import distinct
from nncli.engine.model import Model
from nncli.engine.objective import Objective
from nncli.engine.penalties import Penalties
from nncli.engine.state import State
from nncli.engine.types import Array, Arrays
from nncli.errors import ConfigError, Problem, ShapeError
from nncli.training.dataset import Rows, Undo


class Scorer:
    """Adds up loss and metrics of a model's outputs, block by block.

    Arguments:
        model: built with its losses.
        metrics: from the config.
        undo: for each output, what brings it to the units that metrics are to be in; the loss
            stays in those that the network is trained in.

    Raises:
        ConfigError: if a metric doesn't fit the targets.
    """

    def __init__(
        self, model: Model, metrics: Sequence[Metric], undo: Sequence[Undo | None] = ()
    ) -> None:
        self.model = model
        self._undo = undo[0] if undo else None
        self.objective = Objective(model)
        self.penalties = Penalties(model)
        self.metrics = distinct(metrics)
        problems = []
        for position, metric in enumerate(self.metrics):
            try:
                metric.build(model.output_shapes[0], sparse=model.losses[0].sparse)
            except ShapeError as error:
                problems.append(Problem(path=("metrics", position), message=str(error)))
        if problems:
            raise ConfigError(problems)
        self.reset()
        self.directions: dict[str, Literal["up", "down"]] = {"loss": "down"}
        for metric in self.metrics:
            self.directions |= dict.fromkeys(_columns(metric), metric.direction)

    def reset(self) -> None:
        """Forget what was added."""
        self.total, self.count = 0.0, 0
        for metric in self.metrics:
            metric.reset()

    def state(self) -> State:
        """Return the sums so far."""
        sums = {"total": self.total, "count": self.count}
        return {**sums, "metrics": [metric.state() for metric in self.metrics]}

    def load_state(self, state: State) -> None:
        """Go on from there."""
        self.total, self.count = state["total"], state["count"]
        for metric, own in zip(self.metrics, state["metrics"], strict=True):
            metric.load_state(own)

    def add(self, targets: Arrays, outputs: Arrays) -> Array:
        """Add a block of rows, of which this was kept (see Objective); return each row's loss."""
        losses = self.objective.values(targets, outputs)
        self.total += float(np.add.reduce(losses))
        self.count += len(losses)
        if self.metrics:
            predictions = self.model.activate(outputs[: len(targets)])[0]
            counted = self.objective.counted(outputs, 0)
            y_true = targets[0]
            if self._undo is not None:
                y_true, predictions = self._undo(y_true), self._undo(predictions)
            for metric in self.metrics:
                metric.update(y_true, predictions, counted)
        return losses

    def result(self) -> dict[str, float]:
        """Return the loss and every metric of all rows added since the last reset."""
        scores = {"loss": self.total / self.count if self.count else 0.0}
        for metric in self.metrics:
            value = metric.result()
            if isinstance(value, float):
                scores[metric.column] = value
            else:
                scores.update(zip(_columns(metric), value.tolist(), strict=True))
        return scores

    def evaluate(self, rows: Rows, batch_size: int) -> dict[str, float]:
        """Return loss and metrics of the model on these rows, penalties included."""
        self.reset()
        self.penalties.take()
        for start in range(0, len(rows), batch_size):
            part = slice(start, min(start + batch_size, len(rows)))
            plan = self.model.plan(part.stop - part.start, training=False)
            for array, values in zip(plan.inputs, rows.inputs, strict=True):
                np.copyto(array, values[part])
            plan.forward()
            targets = tuple(target[part] for target in rows.targets)
            self.add(targets, self.objective.kept(plan))
        self.total += self.penalties.take() + self.penalties.of_weights() * self.count
        return self.result()


def _columns(metric: Metric) -> list[str]:
    value = metric.result()
    if isinstance(value, float):
        return [metric.column]
    return [f"{metric.column}_{number}" for number in range(len(value))]
