"""Keeps a run's folder up to date while it trains."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from time import monotonic
from typing import Any

from nncli.errors import RunError
from nncli.runs.folder import RunFolder
from nncli.runs.metrics_log import MetricsLog
from nncli.runs.record import end
from nncli.runs.weights import save_weights
from nncli.training.loop import Trainer
from nncli.training.observer import Observer

_SAVE_SECONDS = 10.0
"""Weights reach the disk at most this often: an atomic write takes as long as many small steps."""


class Recorder(Observer):
    """Appends to metrics.csv after each epoch, and saves the weights now and then."""

    def __init__(self, folder: RunFolder) -> None:
        self.folder = folder
        self._saved_at = monotonic()

    def on_train_begin(self, trainer: Trainer) -> None:
        """Start metrics.csv."""
        self._trainer = trainer
        self._log = MetricsLog(self.folder.metrics, trainer.history.columns)

    def on_epoch_end(self, epoch: int, values: dict[str, float]) -> None:
        """Append a row; save the weights if it is time."""
        self._log.append(epoch, list(values.values()))
        if monotonic() - self._saved_at > _SAVE_SECONDS:
            self.save_weights()

    def on_train_end(self, trainer: Trainer) -> None:
        """Bring the last rows to the disk."""
        self._log.flush()

    def save_weights(self) -> None:
        """Write the best and the last weights."""
        trainer = self._trainer
        save_weights(self.folder.last_weights, trainer.model.weights())
        if trainer.best_epoch:
            with trainer.using("best"):
                save_weights(self.folder.best_weights, trainer.model.weights())
        self._saved_at = monotonic()

    def salvage(self, error: str, facts: Mapping[str, Any]) -> str:
        """Save what a failed training has learnt, as far as the disk takes it; return what is kept.

        Arguments:
            error: why it failed.
            facts: how far it came, for the record.
        """
        with suppress(RunError):
            self.save_weights()
        self.mark_failed(error, facts)
        folder = self.folder
        files = (folder.metrics, folder.best_weights, folder.last_weights, folder.results)
        kept = ", ".join(str(file.relative_to(folder.path)) for file in files if file.exists())
        return f"What was done until then is in {folder.path}{kept and f': {kept}'}"

    def mark_failed(self, error: str, facts: Mapping[str, Any]) -> None:
        """Say in the record that the run failed, if the disk takes it; it is `running` else."""
        with suppress(RunError):
            end(self.folder.record, "failed", {"error": error, **facts})
