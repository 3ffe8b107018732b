"""Keeps a run's folder up to date while it trains."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from time import perf_counter
from typing import Any

from nncli.errors import RunError
from nncli.runs.checkpoints import save_checkpoint
from nncli.runs.epoch_log import EpochLog
from nncli.runs.folder import RunFolder
from nncli.runs.record import end
from nncli.runs.weights import save_weights
from nncli.training.astray import NonFiniteError, check
from nncli.training.loop import Trainer
from nncli.training.observer import Observer


class Recorder(Observer):
    """Appends to metrics.csv and sizes.csv, and keeps weights and state when it is time.

    Arguments:
        folder: of the run.
        seconds: how long the run was trained before.
    """

    def __init__(self, folder: RunFolder, seconds: float = 0.0) -> None:
        self.folder = folder
        self._started = perf_counter() - seconds
        self._best_saved = 0
        self._steps_done = False

    @property
    def seconds(self) -> float:
        """How long the run has been trained, in all."""
        return round(perf_counter() - self._started, 6)

    def on_train_begin(self, trainer: Trainer) -> None:
        """Start the tables with the epochs that are done: rows that a crash left fall away."""
        self._trainer = trainer
        history, sizes = trainer.history, trainer.sizes
        done = dict(enumerate(history.rows, 1))
        self._metrics = EpochLog(self.folder.metrics, history.columns, done)
        self._sizes = EpochLog(self.folder.sizes, sizes.columns, sizes.rows)

    def on_epoch_end(self, epoch: int, values: dict[str, float]) -> None:
        """Append a row."""
        self._metrics.append(epoch, list(values.values()))
        if epoch in self._trainer.sizes.rows:
            self._sizes.append(epoch, self._trainer.sizes.rows[epoch])

    def on_checkpoint(self, trainer: Trainer) -> None:
        """Keep weights and state."""
        self._save_state()
        self.save_weights()

    def on_steps_done(self, trainer: Trainer) -> None:
        """Keep the state, for the last time."""
        self._save_state()
        self._steps_done = True

    def _save_state(self) -> None:
        trainer = self._trainer
        self._refuse_if_gone()
        state = {"trainer": trainer.state(), "seconds": self.seconds}
        save_checkpoint(self.folder.checkpoint, trainer.optimizer.batches, state)

    def on_train_end(self, trainer: Trainer) -> None:
        """Bring the last rows to the disk."""
        self._metrics.flush()
        self._sizes.flush()

    def save_weights(self) -> None:
        """Write the best and the last weights."""
        self._refuse_if_gone()
        trainer = self._trainer
        save_weights(self.folder.last_weights, trainer.model.weights())
        if trainer.best_epoch != self._best_saved:
            with trainer.best.using("best"):
                save_weights(self.folder.best_weights, trainer.model.weights())
            self._best_saved = trainer.best_epoch

    def _refuse_if_gone(self) -> None:
        """Make no folder anew that somebody has taken away."""
        if not self.folder.record.exists():
            raise RunError(f"the run {self.folder.path} was deleted or moved while it trained")

    def salvage(self, error: str, facts: Mapping[str, Any]) -> str:
        """Save what a failed training has learnt, as far as the disk takes it; return what is kept.

        Arguments:
            error: why it failed.
            facts: how far it came, for the record.
        """
        with suppress(RunError, NonFiniteError):
            check(self._trainer)
            if not self._steps_done:
                self._save_state()
            self.save_weights()
        self.mark_failed(error, facts)
        folder = self.folder
        if not folder.path.exists():
            return f"Nothing is left of the run {folder.path}: its folder was deleted or moved"
        files = (folder.metrics, folder.best_weights, folder.last_weights, folder.results)
        kept = ", ".join(str(file.relative_to(folder.path)) for file in files if file.exists())
        return f"What was done until then is in {folder.path}{kept and f': {kept}'}"

    def mark_failed(self, error: str, facts: Mapping[str, Any]) -> None:
        """Say in the record that the run failed, if the disk takes it; it is `running` else."""
        with suppress(RunError):
            end(self.folder.record, "failed", {"error": error, **facts})
