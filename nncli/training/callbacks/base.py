"""What may look in on training after each epoch and end it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from nncli.engine.component import Component

if TYPE_CHECKING:
    from nncli.training.loop import Trainer


@dataclass(kw_only=True)
class Callback(Component):
    """Base of all callbacks."""

    def on_train_begin(self, trainer: Trainer) -> None:
        """Get ready; the history's columns are known."""

    def on_epoch_begin(self, trainer: Trainer, epoch: int) -> None:
        """Get ready for an epoch, counted from 1."""

    def on_epoch_end(self, trainer: Trainer, values: dict[str, float]) -> None:
        """Look at the epoch's numbers; `trainer.stop("...")` ends the training."""

    def on_train_end(self, trainer: Trainer) -> None:
        """Put things in order."""


Mode = Literal["auto", "min", "max"]


def direction(trainer: Trainer, monitor: str, mode: Mode) -> Literal["up", "down"]:
    """Return whether more or less of a column is better; `auto` asks the metric."""
    if mode == "auto":
        return trainer.directions[monitor]
    return "up" if mode == "max" else "down"
