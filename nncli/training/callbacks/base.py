"""What may look in on training after each epoch, change its course, and end it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nncli.engine.component import Component, require
from nncli.engine.schedules import Schedule
from nncli.engine.state import Remembering

if TYPE_CHECKING:
    from nncli.training.loop import Trainer
    from nncli.training.outlook import Outlook


@dataclass(kw_only=True)
class Callback(Remembering, Component):
    """Base of all callbacks.

    What one remembers from epoch to epoch it keeps in public attributes, set in `on_train_begin`:
    a training that is resumed puts them back after it.
    """

    def check_outlook(self, outlook: Outlook) -> None:
        """Refuse a training in which the callback can't act.

        Raises:
            ValueError: whose message begins with the field's name, as in `check`.
        """

    def on_train_begin(self, trainer: Trainer) -> None:
        """Get ready; the history's columns are known."""

    def on_train_further(self) -> None:
        """Let go of what ended training, which is to go on all the same."""

    def on_epoch_begin(self, trainer: Trainer, epoch: int) -> None:
        """Get ready for an epoch, counted from 1."""

    def on_epoch_end(self, trainer: Trainer, values: dict[str, float]) -> None:
        """Look at the epoch's numbers; `trainer.stop("...")` ends the training."""

    def on_train_end(self, trainer: Trainer) -> None:
        """Put things in order."""


def require_settable_rate(outlook: Outlook) -> None:
    """Refuse to set a learning rate that a schedule sets before every step, as Keras does."""
    require(
        not isinstance(outlook.optimizer.learning_rate, Schedule),
        "type can't go together with a schedule in the optimizer's learning_rate, "
        "which sets it before every step",
    )
