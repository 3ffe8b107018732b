"""What is said when numbers have gone wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nncli.errors import TrainingError

if TYPE_CHECKING:
    from nncli.training.loop import Trainer


class NonFiniteError(Exception):
    """The loss is no number any more."""

    def __init__(self, loss: float, batch: int) -> None:
        super().__init__(loss, batch)
        self.loss, self.batch = loss, batch
        """The loss of the first row that has no finite one, and its batch, counted from 1."""


def explain(trainer: Trainer, error: NonFiniteError) -> TrainingError:
    """Return the error to end the training with."""
    return TrainingError(
        f"the loss is {error.loss} at epoch {trainer.history.epochs + 1}, batch {error.batch}: "
        "training can't go on. Most often the learning rate is too high (it is "
        f"{trainer.optimizer.current_rate:g}), or the inputs are not scaled "
        "(data.scale: standard)."
    )
