"""What is scored of one output of the network: its loss, and the metrics of its predictions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np

from nncli.engine.metrics import Metric
from nncli.engine.metrics.base import distinct
from nncli.engine.state import State
from nncli.engine.types import Array, Shape
from nncli.errors import Path, Problem, ShapeError
from nncli.training.dataset import Undo


class OutputScores:
    """Adds up an output's scores, block by block.

    Arguments:
        metrics: from the config.
        shape: of one row of the output.
        undo: what brings targets and predictions to the units that metrics are to be in.
        name: of the output, which its columns begin with where there are several.
    """

    def __init__(
        self,
        metrics: Sequence[Metric],
        *,
        shape: Shape,
        undo: Undo | None,
        name: str | None,
    ) -> None:
        self.metrics, self.shape, self.undo = distinct(metrics), shape, undo
        self._prefix = "" if name is None else f"{name}_"
        self.loss_column = f"{self._prefix}loss"

    def build(self, *, sparse: bool, place: Path) -> list[Problem]:
        """Get the metrics ready; return why some of them don't fit the targets.

        Arguments:
            sparse: whether targets are class numbers.
            place: where the metrics stand in the config.
        """
        problems = []
        for position, metric in enumerate(self.metrics):
            try:
                metric.build(self.shape, sparse=sparse)
            except ShapeError as error:
                problems.append(Problem(path=(*place, position), message=str(error)))
        return problems

    def reset(self) -> None:
        """Forget what was added."""
        self._total, self._batches = 0.0, 0
        for metric in self.metrics:
            metric.reset()

    def state(self) -> State:
        """Return the sums so far."""
        loss = {"total": self._total, "batches": self._batches}
        return {**loss, "metrics": [metric.state() for metric in self.metrics]}

    def load_state(self, state: State) -> None:
        """Go on from there."""
        self._total, self._batches = state["total"], state["batches"]
        for metric, own in zip(self.metrics, state["metrics"], strict=True):
            metric.load_state(own)

    def add_loss(self, losses: Array, batch_size: int) -> None:
        """Add the losses of rows that came in batches of that many.

        Keras averages the losses of single outputs over batches, however long the last one is.
        """
        starts = np.arange(0, len(losses), batch_size)
        sizes = np.diff(starts, append=len(losses))
        self._total += float((np.add.reduceat(losses, starts, dtype=np.float64) / sizes).sum())
        self._batches += len(starts)

    def add(self, y_true: Array, y_pred: Array, counted: Array | None = None) -> None:
        """Show targets and predictions to the metrics; `counted` says which entries count."""
        if self.undo is not None:
            y_true, y_pred = self.undo(y_true), self.undo(y_pred)
        self.update(y_true, y_pred, counted)

    def update(self, y_true: Array, y_pred: Array, counted: Array | None = None) -> None:
        """Show the metrics what is in the target's own units already."""
        for metric in self.metrics:
            metric.update(y_true, y_pred, counted)

    @property
    def loss(self) -> float:
        """The loss of all rows added since the last reset."""
        return self._total / self._batches if self._batches else 0.0

    def result(self) -> dict[str, float]:
        """Return every metric of all rows added since the last reset."""
        return {
            column: value for metric in self.metrics for column, value in self._values_of(metric)
        }

    def directions(self) -> dict[str, Literal["up", "down"]]:
        """Return of each metric's column whether more is better."""
        return {
            column: metric.direction
            for metric in self.metrics
            for column, _ in self._values_of(metric)
        }

    def _values_of(self, metric: Metric) -> Iterator[tuple[str, float]]:
        value, column = metric.result(), f"{self._prefix}{metric.column}"
        if isinstance(value, float):
            yield column, value
        else:
            for number, one in enumerate(value.tolist()):
                yield f"{column}_{number}", one
