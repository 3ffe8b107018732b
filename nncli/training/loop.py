"""The training loop: epochs of steps, scores after each, and every way it can end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import isfinite
from time import monotonic
from typing import Literal

import numpy as np

from nncli.engine.metrics import Metric
from nncli.engine.model import Model
from nncli.engine.optimizers import Optimizer
from nncli.engine.random import generator
from nncli.engine.types import Array, Arrays
from nncli.errors import TrainingError
from nncli.training.callbacks import Callback
from nncli.training.dataset import Rows
from nncli.training.history import History
from nncli.training.observer import Observer
from nncli.training.scoring import Scorer
from nncli.training.stepping import stepper

_BLOCK_ROWS = 2048
"""Rows whose outputs are kept and scored at once: scoring each small batch would cost more than
its training step."""
_REPORT_SECONDS = 0.1
"""How often progress is told. The clock never ends a block: sums would be rounded by its leave."""

Snapshot = tuple[Array, Array]


class Trainer:
    """Trains a model on rows, epoch by epoch.

    Arguments:
        model: built with its losses.
        optimizer: from the config; built here.
        metrics: from the config.
        train: the rows to learn from.
        validation: the rows to be scored after each epoch.
        batch_size: rows a step; the last step of an epoch takes what is left.
        shuffle: whether the rows are shuffled anew for each epoch.
        seed: of the shuffling.
        replicas: how many copies of the model share each batch; decides the numbers.
        threads: how many threads they work in, by default one each; decides nothing but the time.
        callbacks: from the config.
    """

    def __init__(
        self,
        model: Model,
        optimizer: Optimizer,
        metrics: Sequence[Metric],
        *,
        train: Rows,
        validation: Rows | None = None,
        batch_size: int = 32,
        shuffle: bool = True,
        seed: int = 0,
        replicas: int = 1,
        threads: int | None = None,
        callbacks: Sequence[Callback] = (),
        observer: Observer | None = None,
    ) -> None:
        self.model, self.optimizer = model, optimizer
        self.train, self.validation = train, validation
        self.batch_size = min(batch_size, len(train))
        self.shuffle, self._shuffler = shuffle, generator(seed, "shuffle")
        self.callbacks, self.observer = list(callbacks), observer or Observer()
        self.scorer = Scorer(model, metrics)
        optimizer.build(model.parameters)
        self.stepper = stepper(model, optimizer, replicas, threads or replicas)
        columns = self.scorer.columns
        held_out = [f"val_{name}" for name in columns] if validation else []
        self.history = History([*columns, *held_out, "learning_rate"])
        self.directions = dict(self.scorer.directions)
        self.directions |= {f"val_{name}": way for name, way in self.scorer.directions.items()}
        self.epochs = 0
        self.stop_reason: str | None = None
        self.interrupted = False
        self.best_epoch = 0
        self.weights_epoch = 0
        self.best = self.snapshot()
        self.choose_best_by("val_loss" if validation else "loss", "down")

    def fit(self, epochs: int, *, max_seconds: float | None = None) -> None:
        """Train until `epochs` are done, or something ends it earlier (see `stop_reason`).

        A trainer trains once: its threads end with it.

        Raises:
            TrainingError: at the first loss that isn't finite.
        """
        self.epochs = epochs
        self._next_report = 0.0
        self._deadline = monotonic() + max_seconds if max_seconds is not None else float("inf")
        for callback in self.callbacks:
            callback.on_train_begin(self)
        self.observer.on_train_begin(self)
        try:
            with np.errstate(all="ignore"):  # what isn't finite is noticed in the loss
                while self.history.epochs < epochs and self.stop_reason is None:
                    self._run_epoch()
            self.optimizer.finish()
            for callback in self.callbacks:
                callback.on_train_end(self)
        finally:
            self.stepper.close()
            self.observer.on_train_end(self)

    def choose_best_by(
        self, monitor: str, direction: Literal["up", "down"], threshold: float | None = None
    ) -> None:
        """Let the best epoch be that where a column is best, and better than the threshold."""
        self.monitor = monitor
        self.directions[monitor] = direction
        self._best_sign = -1.0 if direction == "up" else 1.0
        self._best_value = float("inf") if threshold is None else self._best_sign * threshold

    def stop(self, reason: str) -> None:
        """End training after the batch that is running."""
        self.stop_reason = self.stop_reason or reason

    def interrupt(self) -> None:
        """End training after the batch that is running, leaving its epoch unfinished."""
        self.interrupted = True
        self.stop("interrupted")

    def snapshot(self) -> Snapshot:
        """Return a copy of all weights."""
        return self.model.parameters.values.copy(), self.model.state.values.copy()

    def restore(self, snapshot: Snapshot) -> None:
        """Put copied weights back."""
        np.copyto(self.model.parameters.values, snapshot[0])
        np.copyto(self.model.state.values, snapshot[1])

    @property
    def chosen(self) -> Literal["best", "last"]:
        """The weights to go on with: best where there was validation."""
        return "best" if self.validation is not None and self.best_epoch else "last"

    @contextmanager
    def using(self, weights: Literal["best", "last"]) -> Iterator[None]:
        """Put the best epoch's weights, or leave the last, in place while the block runs."""
        last = self.snapshot()
        self.restore(self.best if weights == "best" else last)
        try:
            yield
        finally:
            self.restore(last)

    def _run_epoch(self) -> None:
        epoch = self.history.epochs + 1
        for callback in self.callbacks:
            callback.on_epoch_begin(self, epoch)
        order = None
        if self.shuffle:
            order = self._shuffler.permutation(len(self.train))
        self.scorer.reset()
        start = 0
        while start < len(self.train):
            start = self._run_block(start, order)
            if self.stop_reason is not None and start < len(self.train):
                return
        self._end_epoch(epoch)

    def _run_block(self, start: int, order: Array | None) -> int:
        """Train on some batches from row `start` on, score them, return the row after them."""
        size = self.batch_size
        stop = min(start + max(_BLOCK_ROWS // size, 1) * size, len(self.train))
        targets = tuple(
            target[start:stop] if order is None else target[order[start:stop]]
            for target in self.train.targets
        )
        outputs = self._outputs_of(stop - start)
        done = start
        while done < stop and self.stop_reason is None:
            after = min(done + size, stop)
            part = slice(done - start, after - start)
            rows = slice(done, after) if order is None else order[done:after]
            batch = [target[part] for target in targets], [output[part] for output in outputs]
            self.stepper.step(self.train.inputs, rows, *batch)
            done = after
            self._look_at_the_clock(done)
        losses = self.scorer.add(
            tuple(target[: done - start] for target in targets),
            tuple(output[: done - start] for output in outputs),
        )
        self.scorer.total += self.stepper.take_penalties()
        self._refuse_nonfinite(losses, start)
        return done

    def _look_at_the_clock(self, rows_done: int) -> None:
        now = monotonic()
        if now > self._next_report:
            self.observer.on_progress(rows_done)
            self._next_report = now + _REPORT_SECONDS
        if now > self._deadline:
            self.stop("the time is up")

    def _outputs_of(self, rows: int) -> Arrays:
        return tuple(np.empty((rows, *s), self.model.dtype) for s in self.scorer.objective.shapes)

    def _end_epoch(self, epoch: int) -> None:
        values = self.scorer.result()
        if self.validation is not None:
            scores = self.scorer.evaluate(self.validation, self.batch_size)
            values |= {f"val_{name}": score for name, score in scores.items()}
        values["learning_rate"] = self.optimizer.next_rate
        self.history.rows.append(list(values.values()))
        self.weights_epoch = epoch
        value = self._best_sign * values[self.monitor]
        if value < self._best_value:
            self._best_value, self.best_epoch = value, epoch
            np.copyto(self.best[0], self.model.parameters.values)
            np.copyto(self.best[1], self.model.state.values)
        self.observer.on_epoch_end(epoch, values)
        for callback in self.callbacks:
            callback.on_epoch_end(self, values)

    def _refuse_nonfinite(self, losses: Array, start: int) -> None:
        if isfinite(self.scorer.total):
            return
        row = start + int(np.argmin(np.isfinite(losses)))
        loss = losses[row - start] if not np.isfinite(losses).all() else self.scorer.total
        raise TrainingError(
            f"the loss is {loss} at epoch {self.history.epochs + 1}, batch "
            f"{row // self.batch_size + 1}: training can't go on. Most often the learning rate is "
            f"too high (it is {self.optimizer.current_rate:g}), or the inputs are not scaled "
            "(data.scale: standard)."
        )
