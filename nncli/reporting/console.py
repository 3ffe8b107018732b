"""What is shown while training runs: a bar on a terminal, one plain line an epoch elsewhere.

The only user of rich, which is loaded when a bar is first drawn: small trainings end before.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Literal, TextIO

from nncli.json_text import json_text
from nncli.reporting.figures import duration, number
from nncli.reporting.summary import summary_text
from nncli.training.observer import Observer

if TYPE_CHECKING:
    from rich.progress import Progress

    from nncli.training.loop import Trainer

ProgressKind = Literal["auto", "bar", "lines", "none"]
_SECONDS_BETWEEN = 0.1
_SECONDS_BEFORE = 0.3


def progress_on(stream: TextIO, kind: ProgressKind) -> Observer:
    """Return the observer that shows training's progress there."""
    if kind == "auto":
        kind = "bar" if stream.isatty() else "lines"
    if kind == "bar":
        return ProgressBar(stream)
    return ProgressLines(stream) if kind == "lines" else Observer()


def write_line(text: str, stream: TextIO) -> None:
    """Print text at once; see `writing_on`."""
    with writing_on(stream):
        print(text, file=stream, flush=True)


@contextmanager
def writing_on(stream: TextIO) -> Iterator[None]:
    """Go on where nobody reads on, as behind `| head` or when the terminal is gone: what is written
    then, and all that follows, is lost, which costs the run nothing."""
    try:
        yield
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


class SummaryFirst(Observer):
    """Prints the network's summary before training starts."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def on_train_begin(self, trainer: Trainer) -> None:
        """Print it."""
        write_line(summary_text(trainer.model), self.stream)


class ProgressLines(Observer):
    """Prints `epoch 3/20  loss 0.5521  accuracy 0.7430`, one line for each epoch."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.epochs = 0

    def on_train_begin(self, trainer: Trainer) -> None:
        """Note how many epochs there will be."""
        self.epochs = trainer.epochs

    def on_notice(self, text: str) -> None:
        """Print it."""
        write_line(text, self.stream)

    def on_epoch_end(self, epoch: int, values: dict[str, float]) -> None:
        """Print the epoch's numbers."""
        count = f"{epoch:>{len(str(self.epochs))}}/{self.epochs}"
        write_line(f"epoch {count}  {_values(values)}", self.stream)


class EpochsAsJson(Observer):
    """Prints `{"epoch": 3, "loss": 0.5521, ...}`, one line for each epoch, numbers in full."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def on_epoch_end(self, epoch: int, values: dict[str, float]) -> None:
        """Print the epoch's numbers."""
        write_line(json_text({"epoch": epoch, **values}), self.stream)


class ProgressBar(Observer):
    """A line that is drawn over: epoch, bar, time left, losses, the best so far, speed, metrics."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.values: dict[str, float] = {}
        self._bar: Progress | None = None

    def on_train_begin(self, trainer: Trainer) -> None:
        """Start the clock."""
        self.trainer = trainer
        self.rows = len(trainer.train)
        self.before = trainer.history.epochs
        self.started = monotonic()
        self._next = self.started + _SECONDS_BEFORE

    def on_notice(self, text: str) -> None:
        """Print it; there is no bar yet."""
        write_line(text, self.stream)

    def on_progress(self, rows_done: int) -> None:
        """Draw where within the epoch training is, if it is time to."""
        if monotonic() >= self._next and rows_done < self.rows:
            with writing_on(self.stream):
                self._draw(self.trainer.history.epochs + rows_done / self.rows)

    def on_epoch_end(self, epoch: int, values: dict[str, float]) -> None:
        """Keep the epoch's numbers and draw them, if it is time to."""
        self.values = values
        if monotonic() >= self._next:
            with writing_on(self.stream):
                self._draw(epoch)

    def on_train_end(self, trainer: Trainer) -> None:
        """Take the bar away; the report follows."""
        if self._bar is not None:
            with writing_on(self.stream):
                self._bar.stop()

    def _draw(self, done: float) -> None:
        bar = self._bar = self._bar or self._make_bar()
        epochs = self.trainer.epochs
        passed, trained = monotonic() - self.started, done - self.before
        left = duration(passed / trained * (epochs - done)) if trained else "?"
        speed = f"{trained * self.rows / passed:,.0f} samples/s" if passed else ""
        bar.update(
            bar.task_ids[0],
            completed=done,
            epoch=f"epoch {min(int(done) + 1, epochs)}/{epochs}",
            left=f"{left} left",
            numbers=self._numbers(speed),
        )
        bar.refresh()
        self._next = monotonic() + _SECONDS_BETWEEN

    def _numbers(self, speed: str) -> str:
        """Return the losses, the best so far, the speed, and the metrics, which may lack room."""
        losses = {name: value for name, value in self.values.items() if name.endswith("loss")}
        metrics = {name: value for name, value in self.values.items() if name not in losses}
        best, epoch = "", self.trainer.best_epoch
        if epoch:
            lowest = self.trainer.history.column(self.trainer.best.monitor)[epoch - 1]
            best = f"(best {number(lowest)} at {epoch})"
        return "  ".join(filter(None, (_values(losses), best, speed, _values(metrics))))

    def _make_bar(self) -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn
        from rich.table import Column

        bar = Progress(
            TextColumn("{task.fields[epoch]}", table_column=Column(no_wrap=True)),
            BarColumn(bar_width=16),
            TextColumn("{task.fields[left]}", table_column=Column(no_wrap=True)),
            TextColumn(
                "{task.fields[numbers]}",
                markup=False,
                table_column=Column(no_wrap=True, overflow="ellipsis", ratio=1),
            ),
            console=Console(file=self.stream),
            auto_refresh=False,
            transient=True,
            expand=True,
        )
        bar.add_task("", total=self.trainer.epochs, epoch="", left="", numbers="")
        bar.start()
        return bar


def epoch_line(values: dict[str, float]) -> str:
    """Return `epoch 3  loss 0.5521` for a row of metrics.csv."""
    return f"epoch {values['epoch']:.0f}  {_values(values)}"


def _values(values: dict[str, float]) -> str:
    return "  ".join(
        f"{name} {number(value)}"
        for name, value in values.items()
        if name not in ("epoch", "learning_rate")
    )
