"""model_checkpoint: says which epoch is the best one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from nncli.engine.component import require
from nncli.training.callbacks.monitor import Monitor

if TYPE_CHECKING:
    from nncli.training.loop import Trainer
    from nncli.training.outlook import Outlook


@dataclass(kw_only=True)
class ModelCheckpoint(Monitor):
    """Keeps the epoch of the best `monitor` in the run's weights/best, as keras's ModelCheckpoint.

    Without it that is the epoch of the lowest val_loss, or loss. The last epoch's weights are kept
    in weights/last in any case.
    """

    type: Literal["model_checkpoint"] = "model_checkpoint"
    save_best_only: bool = True
    """Must be true: weights of other epochs than the best and the last aren't kept."""
    initial_value_threshold: float | None = None
    """A value that must be beaten for an epoch to count as the best."""

    def check(self) -> None:
        """Refuse to keep every epoch's weights."""
        require(
            self.save_best_only,
            "save_best_only must be true: weights/last always has the last epoch's weights",
        )

    def check_outlook(self, outlook: Outlook) -> None:
        """Refuse a second one: there is one best epoch."""
        super().check_outlook(outlook)
        first = next(other for other in outlook.callbacks if isinstance(other, ModelCheckpoint))
        require(first is self, "type model_checkpoint can stand here once: one epoch is the best")

    def on_train_begin(self, trainer: Trainer) -> None:
        """Tell the trainer what to go by."""
        direction = trainer.directions[self.monitor] = self.direction(trainer)
        trainer.best.choose_by(self.monitor, direction, self.initial_value_threshold)
