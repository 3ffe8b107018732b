"""What is known of a training before it starts: enough to say whether its callbacks can act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from nncli.engine.optimizers import Optimizer
from nncli.errors import Problem
from nncli.training.callbacks import Callback

Directions = Mapping[str, Literal["up", "down"]]


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """The columns to come, and who works together."""

    columns: tuple[str, ...]
    """Those of metrics.csv, but for the epoch."""
    directions: Directions
    """Of a column, whether more ("up") or less ("down") is better."""
    validates: bool
    """Whether there are validation rows."""
    optimizer: Optimizer
    callbacks: Sequence[Callback | None]
    """Where a config has mistakes, there may be None for a callback."""

    @classmethod
    def of(
        cls,
        scores: Directions,
        validates: bool,
        optimizer: Optimizer,
        callbacks: Sequence[Callback | None],
    ) -> Outlook:
        """Return the outlook of a training that is scored by these columns."""
        held_out = {f"val_{name}": direction for name, direction in scores.items()}
        return cls(
            columns=(*scores, *(held_out if validates else ()), "learning_rate"),
            directions={**scores, **held_out},
            validates=validates,
            optimizer=optimizer,
            callbacks=callbacks,
        )

    def problems(self) -> list[Problem]:
        """Return why callbacks can't act, each at the field that says what it should do."""
        found = []
        for position, callback in enumerate(self.callbacks):
            try:
                if callback is not None:
                    callback.check_outlook(self)
            except ValueError as error:
                field, _, message = str(error).partition(" ")
                found.append(Problem(path=("callbacks", position, field), message=message))
        return found
