"""Which epoch was the best one, and its weights, kept in memory: files are too slow for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import numpy as np

from nncli.engine.model import Model
from nncli.engine.state import State, fill
from nncli.engine.types import Array

Snapshot = tuple[Array, Array]
"""The trained weights and the others, as moving statistics."""


class Best:
    """The epoch at which one column of the history was best; 0 as long as there is none."""

    def __init__(self, model: Model, monitor: str) -> None:
        self._model = model
        self.epoch = 0
        self.weights: Snapshot = snapshot(model)
        self.choose_by(monitor, "down")

    def choose_by(
        self, monitor: str, direction: Literal["up", "down"], threshold: float | None = None
    ) -> None:
        """Go by this column, and by what is better than the threshold."""
        self.monitor = monitor
        self._sign = -1.0 if direction == "up" else 1.0
        self._value = float("inf") if threshold is None else self._sign * threshold

    def look(self, epoch: int, values: dict[str, float]) -> None:
        """Keep the weights if this epoch, just ended, is better."""
        value = self._sign * values[self.monitor]
        if value < self._value:
            self._value, self.epoch = value, epoch
            for kept, weights in zip(self.weights, weights_of(self._model), strict=True):
                np.copyto(kept, weights)

    @contextmanager
    def using(self, which: Literal["best", "last"]) -> Iterator[None]:
        """Put the best epoch's weights, or leave the last, in place while the block runs."""
        last = snapshot(self._model)
        restore(self._model, self.weights if which == "best" else last)
        try:
            yield
        finally:
            restore(self._model, last)

    def state(self) -> State:
        """Return the weights and what is to be beaten."""
        return {"epoch": self.epoch, "value": self._value, "weights": list(self.weights)}

    def load_state(self, state: State) -> None:
        """Go on from there."""
        self.epoch, self._value = state["epoch"], state["value"]
        for array, values in zip(self.weights, state["weights"], strict=True):
            fill(array, values)


def weights_of(model: Model) -> Snapshot:
    """Return all weights as they are in use."""
    return model.parameters.values, model.state.values


def snapshot(model: Model) -> Snapshot:
    """Return a copy of all weights."""
    return model.parameters.values.copy(), model.state.values.copy()


def restore(model: Model, weights: Snapshot) -> None:
    """Put copied weights back.

    Raises:
        ValueError: they are another network's.
    """
    fill(model.parameters.values, weights[0])
    fill(model.state.values, weights[1])
