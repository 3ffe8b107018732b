"""The contract of a metric: it is shown blocks of rows, and then says one number (or a few)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar, Literal

import numpy as np

from nncli.engine.component import Component
from nncli.engine.state import Remembering
from nncli.engine.types import Array, Shape


@dataclass(kw_only=True)
class Metric(Remembering, Component):
    """Base of all metrics.

    `update` takes `y_true` and `y_pred` of (rows, ..., outputs), activations applied, and where
    there are any a weight for each row. Sums are kept in float64: the order of blocks hardly
    matters. They are its public attributes, and what a checkpoint keeps of it.
    """

    direction: ClassVar[Literal["up", "down"]] = "down"
    """Whether more is better."""
    compares_classes: ClassVar[bool] = False
    """Whether targets must be classes: 0 and 1, or one of several; amounts have none."""
    name: str | None = None
    """What the column is called; by default the type."""

    @property
    def column(self) -> str:
        """The name of the metric's column in metrics.csv."""
        return self.name or self.type

    @property
    def scores_classes(self) -> bool:
        """Whether it has a column for each class."""
        return False

    def build(self, shape: Shape, *, sparse: bool) -> None:
        """Get ready for predictions of (rows, *shape); with `sparse`, y_true holds class numbers.

        Raises:
            ShapeError: if the metric makes no sense there.
        """
        self.reset()

    def reset(self) -> None:
        """Forget what was seen."""
        raise NotImplementedError

    def update(self, y_true: Array, y_pred: Array, weights: Array | None = None) -> None:
        """Take in a block of rows."""
        raise NotImplementedError

    def result(self) -> float | Array:
        """Return the metric of all rows since the last reset; an array has one value per class."""
        raise NotImplementedError


@dataclass(kw_only=True)
class MeanMetric(Metric):
    """A metric that is the weighted mean of one value a row."""

    def reset(self) -> None:
        """Start at nothing."""
        self.total, self.count = 0.0, 0.0

    def values(self, y_true: Array, y_pred: Array) -> Array:
        """Return one value a row, (rows, ...)."""
        raise NotImplementedError

    def update(self, y_true: Array, y_pred: Array, weights: Array | None = None) -> None:
        """Add up the rows' values."""
        values = self.values(y_true, y_pred)
        if weights is None:
            self.total += float(np.add.reduce(values, None, np.float64))
            self.count += values.size
        else:
            weights = expand(weights, values)
            self.total += float((values * weights).sum(dtype=np.float64))
            self.count += float(weights.sum(dtype=np.float64))

    def result(self) -> float:
        """Return the mean, 0 where nothing was seen."""
        return self.total / self.count if self.count else 0.0


def distinct(metrics: Iterable[Metric]) -> list[Metric]:
    """Return the metrics, the second one of a name called name_1 and so on, as Keras does."""
    seen: Counter[str] = Counter()
    named = []
    for metric in metrics:
        number = seen[metric.column]
        seen[metric.column] += 1
        named.append(replace(metric, name=f"{metric.column}_{number}") if number else metric)
    return named


def expand(weights: Array, values: Array) -> Array:
    """Return the weights of rows, repeated over the further axes of `values`."""
    missing = values.ndim - weights.ndim
    return np.broadcast_to(weights.reshape(weights.shape + (1,) * missing), values.shape)


def one_hot(y_true: Array, y_pred: Array) -> Array:
    """Return class numbers as rows of 0 and 1 shaped like the predictions."""
    classes = y_true.reshape(y_pred.shape[:-1])
    return np.eye(y_pred.shape[-1], dtype=y_pred.dtype)[classes]
