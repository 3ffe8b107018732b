"""The training loop: epochs of steps, scores after each, and every way it can end."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import Literal

import numpy as np

from nncli.engine.model import Model
from nncli.engine.optimizers import Optimizer
from nncli.engine.random import generator, generator_state, set_generator_state
from nncli.engine.state import State
from nncli.training.astray import LastGood, NonFiniteError, check, explain, out_of_memory
from nncli.training.best import Best, Snapshot, restore, snapshot, weights_of
from nncli.training.block import Blocks
from nncli.training.cadence import Cadence
from nncli.training.callbacks import Callback
from nncli.training.dataset import Rows, Undo, truth
from nncli.training.epoch import Epoch
from nncli.training.history import History
from nncli.training.observer import Observer
from nncli.training.outlook import Outlook
from nncli.training.scoring import Metrics, Scorer
from nncli.training.sizes import Sizes, is_of_interest
from nncli.training.stepping import stepper

_REPORT_SECONDS = 0.1
"""How often progress is told."""
TIME_IS_UP, INTERRUPTED = "the time is up", "interrupted"
"""Reasons to stop of which a resumed training knows nothing."""


class Trainer:
    """Trains a model on rows, epoch by epoch.

    Arguments:
        model: built with its losses.
        optimizer: from the config; built here.
        metrics: from the config.
        undo: for each output, what brings it to the units that metrics are in; see Scorer.
        train: the rows to learn from.
        validation: the rows to be scored after each epoch.
        batch_size: rows a step; the last step of an epoch takes what is left.
        shuffle: whether the rows are shuffled anew for each epoch.
        seed: of the shuffling.
        replicas: how many copies of the model share each batch; decides the numbers.
        threads: how many threads they work in, by default one each; decides nothing but the time.
        callbacks: from the config.
        observer: told what happens.
        cadence: how often the observer is told that the state is worth keeping.
    """

    def __init__(
        self,
        model: Model,
        optimizer: Optimizer,
        metrics: Metrics,
        *,
        train: Rows,
        validation: Rows | None = None,
        undo: Sequence[Undo | None] = (),
        batch_size: int = 32,
        shuffle: bool = True,
        seed: int = 0,
        replicas: int = 1,
        threads: int | None = None,
        callbacks: Sequence[Callback] = (),
        observer: Observer | None = None,
        cadence: Cadence | None = None,
    ) -> None:
        self.model, self.optimizer = model, optimizer
        self.train, self.validation = train, validation
        self.batch_size = min(batch_size, len(train))
        self.shuffle, self._shuffler = shuffle, generator(seed, "shuffle")
        self.callbacks, self.observer = list(callbacks), observer or Observer()
        self.cadence = cadence or Cadence()
        self.scorer = Scorer(model, metrics, undo)
        optimizer.build(model.parameters)
        self.stepper = stepper(model, optimizer, replicas, threads or replicas)
        shapes = self.scorer.objective.shapes
        self.blocks = Blocks(self.batch_size, truth(train), shapes, model.dtype)
        scores, validates = self.scorer.directions, bool(validation)
        self.outlook = Outlook.of(scores, validates, optimizer, self.callbacks)
        self.history = History(list(self.outlook.columns))
        self.directions = dict(self.outlook.directions)
        self.epochs = self.weights_epoch = 0
        self.epoch: Epoch | None = None
        self.stop_reason: str | None = None
        self.interrupted = self._begun = False
        self.best = Best(model, "val_loss" if validation else "loss")
        self.sizes = Sizes(model.parameters)
        self.good = LastGood()

    def fit(self, epochs: int, *, max_seconds: float | None = None) -> None:
        """Train until `epochs` are done, or something ends it earlier (see `stop_reason`).

        A trainer trains once: its threads end with it.

        Raises:
            TrainingError: numbers aren't finite any more, or there is no memory left.
        """
        self.epochs = epochs
        self._next_report = 0.0
        self._deadline = monotonic() + max_seconds if max_seconds is not None else float("inf")
        self._begin()
        self.cadence.begin(self.optimizer.batches, self.history.epochs)
        self.observer.on_train_begin(self)
        try:
            with np.errstate(all="ignore"):  # what isn't finite is noticed in the loss
                self.good.keep(self)
                self.train_until(epochs)
                check(self)
            self.observer.on_steps_done(self)
            self.optimizer.finish()
            for callback in self.callbacks:
                callback.on_train_end(self)
        except NonFiniteError as error:
            raise explain(self, error) from None
        except MemoryError:
            raise out_of_memory(self) from None
        finally:
            self.stepper.close()
            self.observer.on_train_end(self)

    def train_until(self, epochs: int) -> None:
        """Train until so many epochs are done, or training is stopped."""
        while self.history.epochs < epochs and self.stop_reason is None:
            self._run_epoch()

    def _begin(self) -> None:
        if not self._begun:
            for callback in self.callbacks:
                callback.on_train_begin(self)
        self._begun = True

    def stop(self, reason: str) -> None:
        """End training after the batch that is running."""
        self.stop_reason = self.stop_reason or reason

    def interrupt(self) -> None:
        """End training after the batch that is running, leaving its epoch unfinished."""
        self.interrupted = True
        self.stop(INTERRUPTED)

    def snapshot(self) -> Snapshot:
        """Return a copy of all weights."""
        return snapshot(self.model)

    def restore(self, weights: Snapshot) -> None:
        """Put copied weights back."""
        restore(self.model, weights)

    def state(self) -> State:
        """Return all that the numbers to come depend on; the arrays are in use and will change."""
        return {
            "weights": list(weights_of(self.model)),
            "optimizer": self.optimizer.state(),
            "stepper": self.stepper.state(),
            "shuffler": generator_state(self._shuffler),
            "callbacks": [callback.state() for callback in self.callbacks],
            "history": np.array(self.history.rows, float).reshape(-1, len(self.history.columns)),
            "best": self.best.state(),
            "sizes": self.sizes.state(),
            "weights_epoch": self.weights_epoch,
            "stopped": None if self.stop_reason in (TIME_IS_UP, INTERRUPTED) else self.stop_reason,
            "epoch": self.epoch and self.epoch.state(),
        }

    def load_state(self, state: State) -> None:
        """Go on where another trainer was, made of the same parts, to the same numbers.

        Raises:
            ValueError, KeyError, TypeError: the state is that of other parts.
        """
        self._begin()
        restore(self.model, state["weights"])
        self.optimizer.load_state(state["optimizer"])
        self.stepper.load_state(state["stepper"])
        set_generator_state(self._shuffler, state["shuffler"])
        for callback, own in zip(self.callbacks, state["callbacks"], strict=True):
            callback.load_state(own)
        self.history.rows[:] = state["history"].tolist()
        self.best.load_state(state["best"])
        self.sizes.load_state(state["sizes"])
        self.weights_epoch = state["weights_epoch"]
        self.stop_reason = state["stopped"]
        self.epoch = None
        if state["epoch"] is not None:
            self.epoch = Epoch(self)
            self.epoch.load_state(state["epoch"])

    @property
    def best_epoch(self) -> int:
        """The epoch of the best weights, 0 as long as there are none."""
        return self.best.epoch

    @property
    def chosen(self) -> Literal["best", "last"]:
        """The weights to go on with: best where there was validation."""
        return "best" if self.validation is not None and self.best_epoch else "last"

    def _run_epoch(self) -> None:
        """Begin an epoch, or go on with the one that was left; end it if all its rows are done."""
        if self.epoch is None:
            for callback in self.callbacks:
                callback.on_epoch_begin(self, self.history.epochs + 1)
            order = self._shuffler.permutation(len(self.train)) if self.shuffle else None
            self.epoch = Epoch(self, order)
        if not self.epoch.done and is_of_interest(self.history.epochs + 1):
            self.stepper.watch = self.sizes.look_at_gradients
        if self.epoch.run(self._look_around):
            self.epoch = None
            self._end_epoch(self.history.epochs + 1)
            self._keep_if_due(monotonic())

    def _look_around(self, rows_done: int) -> bool:
        """Look at the clock between two batches; return whether training goes on."""
        now = monotonic()
        if now > self._next_report:
            self.observer.on_progress(rows_done)
            self._next_report = now + _REPORT_SECONDS
            self.good.keep_if_due(self)
        if now > self._deadline:
            self.stop(TIME_IS_UP)
        self._keep_if_due(now)
        return self.stop_reason is None

    def _keep_if_due(self, now: float) -> None:
        if self.cadence.is_due(now, self.optimizer.batches, len(self.history.rows)):
            check(self)
            self.observer.on_checkpoint(self)
            self.cadence.begin(self.optimizer.batches, self.history.epochs)

    def _end_epoch(self, epoch: int) -> None:
        values = self.scorer.result()
        if self.validation is not None:
            scores = self.scorer.evaluate(self.validation, self.batch_size)
            values |= {f"val_{name}": score for name, score in scores.items()}
        values["learning_rate"] = self.optimizer.next_rate
        self.history.rows.append(list(values.values()))
        self.weights_epoch = epoch
        self.best.look(epoch, values)
        if is_of_interest(epoch):
            self.sizes.look_at_weights(epoch)
        self.observer.on_epoch_end(epoch, values)
        for callback in self.callbacks:
            callback.on_epoch_end(self, values)
