"""What training wants of a table: rows ready for the engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from nncli.engine.types import Array, Arrays

Undo = Callable[[Array], Array]
"""Returns an output's targets or predictions (rows, ...) in the target's own units."""


class Rows(Protocol):
    """Inputs and targets of the same rows, one array for each input and output of the model."""

    @property
    def inputs(self) -> Arrays:
        """Arrays of (rows, *input shape)."""

    @property
    def targets(self) -> Arrays:
        """Arrays of (rows, ...), as the losses want them."""

    @property
    def sample_weight(self) -> Array | None:
        """How much each row counts in the loss, (rows,); None where all count the same."""

    def __len__(self) -> int: ...


def truth(rows: Rows) -> Arrays:
    """Return what outputs are compared with: the targets, then the rows' weights, if any."""
    return rows.targets if rows.sample_weight is None else (*rows.targets, rows.sample_weight)
