"""Progress, on streams that are and aren't terminals; the trainer is a real one."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

import numpy as np
import pytest

from nncli.engine.layers import Dense, Input
from nncli.engine.losses import MeanSquaredError
from nncli.engine.metrics import MeanAbsoluteError
from nncli.engine.model import Model
from nncli.engine.optimizers import Sgd
from nncli.engine.types import Array, Arrays
from nncli.reporting import console
from nncli.reporting.console import ProgressBar, ProgressLines, SummaryFirst, progress_on
from nncli.reporting.summary import summary_text
from nncli.training.loop import Trainer
from nncli.training.observer import Observer


@dataclass
class Rows:
    inputs: Arrays
    targets: Arrays
    sample_weight: Array | None = None

    def __len__(self) -> int:
        return len(self.inputs[0])


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def train(observer: Observer, epochs: int) -> Trainer:
    rows = Rows((np.ones((4, 2), np.float32),), (np.zeros((4, 1), np.float32),))
    model = Model([Input(shape=(2,)), Dense(units=1)], losses=[MeanSquaredError()])
    trainer = Trainer(
        model,
        Sgd(),
        [MeanAbsoluteError()],
        train=rows,
        validation=rows,
        observer=observer,
    )
    trainer.fit(epochs)
    return trainer


def test_kind_follows_the_stream() -> None:
    assert isinstance(progress_on(Terminal(), "auto"), ProgressBar)
    assert isinstance(progress_on(io.StringIO(), "auto"), ProgressLines)
    assert isinstance(progress_on(Terminal(), "lines"), ProgressLines)
    assert isinstance(progress_on(io.StringIO(), "bar"), ProgressBar)
    assert type(progress_on(Terminal(), "none")) is Observer


def test_one_line_an_epoch() -> None:
    stream = io.StringIO()
    history = train(ProgressLines(stream), epochs=10).history
    lines = stream.getvalue().splitlines()
    assert len(lines) == 10
    loss, error, val_loss, val_error, _ = history.rows[2]
    assert lines[2] == (
        f"epoch  3/10  loss {loss:.4f}  mean_absolute_error {error:.4f}  "
        f"val_loss {val_loss:.4f}  val_mean_absolute_error {val_error:.4f}"
    )


def test_quick_training_draws_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "_SECONDS_BEFORE", 1000.0)
    stream = Terminal()
    train(ProgressBar(stream), epochs=3)
    assert stream.getvalue() == ""


def test_bar_shows_epoch_losses_and_the_best(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "_SECONDS_BEFORE", 0.0)
    monkeypatch.setattr(console, "_SECONDS_BETWEEN", 0.0)
    monkeypatch.setenv("COLUMNS", "160")
    stream = Terminal()
    history = train(ProgressBar(stream), epochs=2).history
    drawn = stream.getvalue()
    loss, _, val_loss, _, _ = history.rows[1]
    assert "epoch 2/2" in drawn
    assert " left" in drawn
    assert f"loss {loss:.4f}  val_loss {val_loss:.4f}  (best {val_loss:.4f} at 2)  " in drawn
    assert re.search(r"at 2\)  [\d,]+ samples/s  mean_absolute_error ", drawn)
    assert drawn.endswith("\x1b[2K")  # the line is erased: the report takes its place


def test_drawing_is_throttled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "_SECONDS_BEFORE", 0.0)
    monkeypatch.setattr(console, "_SECONDS_BETWEEN", 1000.0)
    bar = ProgressBar(Terminal())
    drawn: list[float] = []
    draw = bar._draw
    monkeypatch.setattr(bar, "_draw", lambda done: (drawn.append(done), draw(done)))
    train(bar, epochs=50)
    assert drawn == [1]


def test_summary_comes_first() -> None:
    stream = io.StringIO()
    trainer = train(SummaryFirst(stream), epochs=1)
    assert stream.getvalue() == summary_text(trainer.model) + "\n"
