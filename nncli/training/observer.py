"""How training tells the outside world what happens, without knowing who listens."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nncli.training.loop import Trainer


class Observer:
    """Base of all listeners; every method may be left as it is.

    `on_progress` is called now and then within an epoch, at most some ten times a second.
    """

    def on_train_begin(self, trainer: Trainer) -> None:
        """Training is about to start; columns, epochs and rows are known."""

    def on_progress(self, rows_done: int) -> None:
        """So many rows of the running epoch are done."""

    def on_epoch_end(self, epoch: int, values: dict[str, float]) -> None:
        """An epoch (from 1) is done, with these numbers, in the columns' order."""

    def on_checkpoint(self, trainer: Trainer) -> None:
        """It is time to keep `trainer.state()`, and the weights."""

    def on_steps_done(self, trainer: Trainer) -> None:
        """The state is the last one: averages or best weights may yet take the weights' place."""

    def on_notice(self, text: str) -> None:
        """Something that the user should know, and that ends nothing."""

    def on_train_end(self, trainer: Trainer) -> None:
        """Training is over, for whatever reason."""


class Observers(Observer):
    """Several listeners as one, told in order."""

    def __init__(self, *observers: Observer) -> None:
        self.observers = observers

    def on_train_begin(self, trainer: Trainer) -> None:
        """Tell all."""
        for observer in self.observers:
            observer.on_train_begin(trainer)

    def on_progress(self, rows_done: int) -> None:
        """Tell all."""
        for observer in self.observers:
            observer.on_progress(rows_done)

    def on_epoch_end(self, epoch: int, values: dict[str, float]) -> None:
        """Tell all."""
        for observer in self.observers:
            observer.on_epoch_end(epoch, values)

    def on_checkpoint(self, trainer: Trainer) -> None:
        """Tell all."""
        for observer in self.observers:
            observer.on_checkpoint(trainer)

    def on_steps_done(self, trainer: Trainer) -> None:
        """Tell all."""
        for observer in self.observers:
            observer.on_steps_done(trainer)

    def on_notice(self, text: str) -> None:
        """Tell all."""
        for observer in self.observers:
            observer.on_notice(text)

    def on_train_end(self, trainer: Trainer) -> None:
        """Tell all."""
        for observer in self.observers:
            observer.on_train_end(trainer)
