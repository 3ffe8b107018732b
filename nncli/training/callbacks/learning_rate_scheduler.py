"""learning_rate_scheduler: learning rates by a table of epochs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from nncli.engine.component import require
from nncli.training.callbacks.base import Callback, require_settable_rate

if TYPE_CHECKING:
    from nncli.training.loop import Trainer
    from nncli.training.outlook import Outlook


@dataclass(kw_only=True)
class LearningRateScheduler(Callback):
    """Sets the learning rate at the beginning of epochs, as keras's LearningRateScheduler.

    Keras takes a function there; here a table does: `schedule: [[1, 0.1], [11, 0.01]]` is 0.1 from
    epoch 1 on and 0.01 from epoch 11 on. Before the first epoch in it the optimizer's own rate
    holds. Rates that change from step to step are a schedule's, in the optimizer.
    """

    type: Literal["learning_rate_scheduler"] = "learning_rate_scheduler"
    schedule: tuple[tuple[int, float], ...]
    """Epochs, counted from 1, each with the rate that holds from there on."""

    def check(self) -> None:
        """Refuse tables that are empty or out of order, and rates below 0."""
        epochs = [epoch for epoch, _ in self.schedule]
        require(bool(epochs), "schedule must hold at least one [epoch, rate]")
        require(
            epochs[0] >= 1 and epochs == sorted(set(epochs)),
            f"schedule must name epochs from 1 on, in order, got {epochs}",
        )
        for epoch, rate in self.schedule:
            require(rate >= 0, f"schedule has a negative rate for epoch {epoch}: {rate}")

    def check_outlook(self, outlook: Outlook) -> None:
        """Refuse a rate that a schedule sets."""
        require_settable_rate(outlook)

    def on_train_begin(self, trainer: Trainer) -> None:
        """Make the table quick to read."""
        self._rates = dict(self.schedule)

    def on_epoch_begin(self, trainer: Trainer, epoch: int) -> None:
        """Set the rate, where the table has one for this epoch."""
        if epoch in self._rates:
            trainer.optimizer.set_rate(self._rates[epoch])
