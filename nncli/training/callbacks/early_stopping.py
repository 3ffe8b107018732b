"""early_stopping: ends training when a number no longer gets better."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from nncli.engine.component import require
from nncli.training.callbacks.monitor import Monitor

if TYPE_CHECKING:
    from nncli.training.best import Snapshot
    from nncli.training.loop import Trainer


@dataclass(kw_only=True)
class EarlyStopping(Monitor):
    """Stops when `monitor` hasn't improved for `patience` epochs, as keras's EarlyStopping."""

    type: Literal["early_stopping"] = "early_stopping"
    min_delta: float = 0.0
    """A smaller change doesn't count as an improvement."""
    patience: int = 0
    """How many epochs without improvement are waited for."""
    baseline: float | None = None
    """A value that must be beaten."""
    restore_best_weights: bool = False
    """Whether the weights of the best epoch become the last ones."""
    start_from_epoch: int = 0
    """How many epochs go by before the watch begins."""

    def check(self) -> None:
        """Refuse negative counts."""
        require(self.patience >= 0, f"patience must not be negative, got {self.patience}")
        require(
            self.start_from_epoch >= 0,
            f"start_from_epoch must not be negative, got {self.start_from_epoch}",
        )

    def on_train_begin(self, trainer: Trainer) -> None:
        """Start the count."""
        self._sign = self.sign(trainer)
        self.waited = 0
        self.best = float("inf")
        self.best_epoch = 0
        self.best_weights: Snapshot | None = None

    def on_train_further(self) -> None:
        """Wait anew, for a better value than the best so far."""
        self.waited = 0

    def on_epoch_end(self, trainer: Trainer, values: dict[str, float]) -> None:
        """Compare with the best so far."""
        epoch = trainer.history.epochs
        if epoch <= self.start_from_epoch:
            return
        value = self._sign * values[self.monitor]
        if self.restore_best_weights and self.best_weights is None:
            self.best_weights, self.best_epoch = trainer.snapshot(), epoch
        self.waited += 1
        delta = abs(self.min_delta)
        if value < self.best - delta:
            self.best, self.best_epoch = value, epoch
            if self.restore_best_weights:
                self.best_weights = trainer.snapshot()
            # As Keras: waiting starts anew only where the baseline is beaten too.
            if self.baseline is None or value < self._sign * self.baseline - delta:
                self.waited = 0
            return
        if self.waited >= self.patience and epoch > 1:
            trainer.stop(
                f"{self.monitor} has not improved for {self.waited} epochs "
                f"(best at epoch {self.best_epoch})"
            )

    def on_train_end(self, trainer: Trainer) -> None:
        """Bring back the best weights, where that is wanted."""
        if self.best_weights is not None:
            trainer.restore(self.best_weights)
            trainer.weights_epoch = self.best_epoch
