"""How large each layer's weights are, and their gradients: what shows that they vanish or explode.

They are looked at after some epochs only, so that it costs next to nothing: every one up to 100,
every 10th up to 1,000, every 100th up to 10,000 and so on. The epoch's number alone decides, so
that a training that is resumed or extended comes to the same rows. The gradients are those of the
epoch's first batch, since the last one may be a single row; they are as backward leaves them,
before an optimizer clips them, adds them up over batches, or uses them up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from math import sqrt

import numpy as np

from nncli.engine.parameters import Parameters
from nncli.engine.state import State
from nncli.engine.types import Array

OF_GRADIENT = " gradient"
"""Behind a layer's name in the columns."""


class Sizes:
    """The root mean square of every layer's trained weights, and of their gradients, by epoch."""

    def __init__(self, parameters: Parameters) -> None:
        self._parameters = parameters
        self._parts = {
            layer: slice(parameters.slices[first].start, parameters.slices[last].stop)
            for layer, first, last in _layers(parameters.weights)
        }
        self.rows: dict[int, list[float]] = {}
        """By epoch: one number for each column."""
        self._gradients: list[float] = []

    @property
    def columns(self) -> list[str]:
        """The layers, then their gradients; none where there is nothing to train."""
        return [*self._parts, *(layer + OF_GRADIENT for layer in self._parts)]

    def look_at_gradients(self) -> None:
        """Measure the gradients there are: those of a whole batch, not used up yet."""
        self._gradients = self._measured(self._parameters.gradients)

    def look_at_weights(self, epoch: int) -> None:
        """Measure the weights after an epoch that is of interest: it ends here."""
        self.rows[epoch] = [*self._measured(self._parameters.values), *self._gradients]

    def state(self) -> State:
        """Return all that was measured."""
        rows = [[epoch, *values] for epoch, values in self.rows.items()]
        table = np.array(rows, float).reshape(len(rows), 1 + len(self.columns))
        return {"rows": table, "gradients": self._gradients}

    def load_state(self, state: State) -> None:
        """Go on from there."""
        self.rows = {int(epoch): values for epoch, *values in state["rows"].tolist()}
        self._gradients = state["gradients"]

    def _measured(self, vector: Array) -> list[float]:
        pieces = (vector[part] for part in self._parts.values())
        return [sqrt(float(piece.dot(piece)) / piece.size) for piece in pieces]


def is_of_interest(epoch: int) -> bool:
    """Whether sizes are kept of this epoch: its number is two digits, and zeros behind them."""
    return epoch % 10 ** max(0, len(str(epoch)) - 2) == 0


def _layers(names: Iterable[str]) -> Iterable[tuple[str, str, str]]:
    """Return every layer with its first and its last weight, which lie side by side."""
    for layer, group in groupby(names, lambda name: name.partition("/")[0]):
        weights: Sequence[str] = list(group)
        yield layer, weights[0], weights[-1]
