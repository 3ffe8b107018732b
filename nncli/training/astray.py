"""What becomes of a training whose numbers have gone wrong: its last good state, and a reason."""

from __future__ import annotations

from contextlib import suppress
from copy import deepcopy
from math import ceil
from time import monotonic
from typing import TYPE_CHECKING, Any

import numpy as np

from nncli.engine.state import State
from nncli.errors import TrainingError
from nncli.training.best import weights_of
from nncli.training.observer import Observer
from nncli.training.tracing import Culprit, traced

if TYPE_CHECKING:
    from nncli.training.loop import Trainer

_SECONDS = 1.0
_LARGEST = 2**28
"""States of more bytes aren't copied: that would take memory and time that the training needs."""


class NonFiniteError(Exception):
    """The loss is no number any more, or a weight isn't."""

    def __init__(self, batch: int, loss: float | None = None) -> None:
        super().__init__(batch, loss)
        self.batch, self.loss = batch, loss
        """The first batch of the epoch, counted from 1, in which a row has no finite loss, and that
        loss; None where it is a weight that isn't finite."""


def check(trainer: Trainer) -> None:
    """Refuse numbers that are no good any more.

    Raises:
        NonFiniteError: a loss that isn't scored yet, or a weight, isn't finite.
    """
    if trainer.epoch is not None:
        trainer.epoch.check()
    if not all(np.isfinite(values).all() for values in weights_of(trainer.model)):
        batches = ceil(len(trainer.train) / trainer.batch_size)
        raise NonFiniteError((trainer.optimizer.batches - 1) % batches + 1)


class LastGood:
    """A copy of a trainer's state from when its numbers were good, about a second old at most."""

    def __init__(self) -> None:
        self.state: State | None = None
        self._next = 0.0

    def keep(self, trainer: Trainer) -> None:
        """Copy the state, which has been found to be good."""
        state = trainer.state()
        self.state = deepcopy(state) if _size(state) <= _LARGEST else None
        self._next = monotonic() + _SECONDS

    def keep_if_due(self, trainer: Trainer) -> None:
        """Copy the state if the copy there is has become old.

        Raises:
            NonFiniteError: the state isn't good.
        """
        if monotonic() >= self._next:
            check(trainer)
            self.keep(trainer)


def explain(trainer: Trainer, error: NonFiniteError) -> TrainingError:
    """Return the error to end the training with, and leave the trainer in its last good state.

    From there on it trains once more, looking at every number: that costs nothing as long as
    nothing goes wrong.
    """
    epoch = trainer.history.epochs + 1
    with np.errstate(all="ignore"):
        culprit = _find(trainer, epoch)
    what = "a weight isn't finite" if error.loss is None else f"the loss is {error.loss}"
    text = f"{what} at epoch {epoch}, batch {error.batch}: training can't go on"
    if culprit is None:
        rate = trainer.optimizer.current_rate
        return TrainingError(
            f"{text}. Most often the learning rate is too high (it is {rate:g}), or the inputs "
            "are not scaled (data.scale: standard)."
        )
    return TrainingError(
        f"{text}. The first that wasn't finite was {culprit.what}, in batch {culprit.batch}: "
        f"{culprit.cause}."
    )


def out_of_memory(trainer: Trainer) -> BaseException:
    """Return the error to end the training with, and undo the step that was left in its midst."""
    if trainer.good.state is None:
        return MemoryError()
    trainer.load_state(trainer.good.state)
    return TrainingError("there is not enough memory; a smaller batch_size or network needs less")


def _find(trainer: Trainer, epoch: int) -> Culprit | None:
    """Train once more up to where it went wrong; leave the trainer as it was before that epoch."""
    good, observer = trainer.good.state, trainer.observer
    if good is None:
        return None
    culprit = None
    trainer.load_state(good)
    trainer.observer = Observer()
    with suppress(NonFiniteError):
        trainer.train_until(epoch - 1)
        check(trainer)
        good = deepcopy(trainer.state())
    try:
        with traced(trainer):
            trainer.train_until(epoch)
    except Culprit as found:
        culprit = found
    except NonFiniteError:
        pass
    trainer.load_state(good)
    trainer.observer = observer
    return culprit


def _size(state: Any) -> int:
    """Return how many bytes the arrays of a state take."""
    if isinstance(state, np.ndarray):
        return state.nbytes
    if isinstance(state, dict):
        return sum(map(_size, state.values()))
    return sum(map(_size, state)) if isinstance(state, list | tuple) else 0
