"""nncli train --resume, end to end: what goes on, to which bytes, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nncli.runs.folder import RunFolder
from nncli.runs.lock import locked
from nncli.training.loop import Trainer
from tests.cli.conftest import Run

SAME = (
    "metrics.csv",
    "sizes.csv",
    "weights/best.safetensors",
    "weights/last.safetensors",
    "results.json",
)
ENDED = ("train", "--resume", "points", "-q", "--no-plots")


class Killed(BaseException):
    """Stands for the end of the process: nothing may run after it."""


@pytest.fixture
def whole(run: Run, folder: Path) -> Path:
    """Train at once what the tests come to in several goes."""
    assert run("train", "points.yaml", "-n", "whole", "-q", "--no-plots").code == 0
    return folder / "runs" / "whole"


def assert_same(first: Path, second: Path) -> None:
    for name in SAME:
        assert (first / name).read_bytes() == (second / name).read_bytes(), name


def test_a_finished_run_is_trained_further(run: Run, folder: Path, whole: Path) -> None:
    run("train", "points.yaml", "-q", "--no-plots", "--epochs", "2")
    leftover = folder / "runs/points/weights/.last.safetensors.1.part"
    leftover.touch()
    assert run(*ENDED, "--epochs", "5") == (0, "runs/points\n", "")
    assert not leftover.exists()
    assert_same(folder / "runs/points", whole)
    record = json.loads((folder / "runs/points/run.json").read_text(encoding="utf-8"))
    assert (record["status"], record["epochs"], record["settings"]["epochs"]) == ("finished", 5, 5)
    assert [entry["after_epochs"] for entry in record["resumed"]] == [2]


def test_an_interrupted_run_goes_on_within_its_epoch(
    run: Run, folder: Path, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_around = Trainer._look_around

    def interrupt(self: Trainer, rows_done: int) -> bool:
        if (self.history.epochs, rows_done) == (3, 8):
            self.interrupt()
        return look_around(self, rows_done)

    with monkeypatch.context() as patch:
        patch.setattr(Trainer, "_look_around", interrupt)
        assert run("train", "points.yaml", "-q", "--no-plots").code == 130
    answer = run("train", "--resume", "points", "--no-plots")
    assert answer.code == 0
    lines = answer.output.splitlines()
    assert lines[0] == "runs/points goes on after epoch 3"
    assert lines[1].startswith("epoch 4/5  loss ")
    assert_same(folder / "runs/points", whole)


@pytest.mark.parametrize("every", ["1 step", "2 epochs", "1h"])
def test_a_killed_run_goes_on_or_starts_once_more(
    run: Run, folder: Path, whole: Path, monkeypatch: pytest.MonkeyPatch, every: str
) -> None:
    def die(self: Trainer, rows_done: int) -> bool:
        if (self.history.epochs, rows_done) == (3, 8):
            raise Killed
        return look_around(self, rows_done)

    look_around = Trainer._look_around
    with monkeypatch.context() as patch:
        patch.setattr(Trainer, "_look_around", die)
        patch.setattr("nncli.api.recording.Recorder.mark_failed", lambda *_: None)
        with pytest.raises(Killed):
            run("train", "points.yaml", "-q", "--no-plots", "-s", f"checkpoint.every={every}")
    answer = run("train", "--resume", "points", "--no-plots")
    assert answer.code == 0, answer.errors
    assert ("starts once more, from its seed" in answer.output) is (every == "1h")
    assert_same(folder / "runs/points", whole)


def test_a_damaged_checkpoint_is_named_and_the_one_before_it_taken(
    run: Run, folder: Path, whole: Path
) -> None:
    run(
        "train",
        "points.yaml",
        "-q",
        "--no-plots",
        "--epochs",
        "3",
        "-s",
        "checkpoint.every=1 epoch",
    )
    newest = folder / "runs/points/checkpoint/12.safetensors"
    content = bytearray(newest.read_bytes())
    content[-100] ^= 1
    newest.write_bytes(content)
    answer = run("train", "--resume", "points", "--no-plots", "--epochs", "5")
    assert answer.code == 0, answer.errors
    assert "12.safetensors is damaged: by its checksum" in answer.output
    assert "goes on after epoch 2" in answer.output
    assert_same(folder / "runs/points", whole)
    names = {path.name for path in newest.parent.iterdir()}
    assert names == {"lock", "16.safetensors", "20.safetensors"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("layers.0.units=5", "layers[0].units 4 -> 5"),
        ("optimizer.learning_rate=0.5", "optimizer.learning_rate 0.05 -> 0.5"),
        ("seed=2", "seed 1 -> 2"),
        ("metrics=[]", "-> []"),
    ],
)
def test_changed_settings_are_refused(run: Run, trained: str, change: str, message: str) -> None:
    answer = run(*ENDED, "--epochs", "6", "-s", change)
    assert answer.code == 2
    assert "since this has changed: " in answer.errors
    assert f"{message}; " in answer.errors
    assert "--allow-changes" in answer.errors


def test_a_changed_table_is_refused_unless_told_otherwise(
    run: Run, folder: Path, trained: str
) -> None:
    table = folder / "points.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("r3,0.3", "r3,0.4"))
    answer = run(*ENDED, "--epochs", "6")
    assert (answer.code, answer.output) == (2, "")
    assert "the table points.csv" in answer.errors
    assert run(*ENDED, "--epochs", "6", "--allow-changes").code == 0
    assert run(*ENDED, "--epochs", "7").code == 0  # which is the table of the run from then on


def test_another_version_is_refused(
    run: Run, trained: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nncli.__version__", "9.9")
    assert "nncli 0.1.0 -> 9.9" in run(*ENDED, "--epochs", "6").errors


def test_allowed_changes_that_do_not_fit_are_refused_whole(
    run: Run, folder: Path, trained: str
) -> None:
    before = (folder / trained / "run.json").read_bytes()
    flags = ("--epochs", "6", "--allow-changes", "-s", "layers.0.units=5")
    answer = run(*ENDED, *flags)
    assert answer.code == 2
    assert "the checkpoint in runs/points/checkpoint is not one of this training" in answer.errors
    assert (folder / trained / "run.json").read_bytes() == before


def test_what_is_done_is_refused(run: Run, trained: str) -> None:
    for flags in ((), ("--epochs", "5"), ("--epochs", "3")):
        answer = run(*ENDED, *flags)
        assert answer.code == 2
        assert "has 5 epochs behind it; train it further with --epochs and" in answer.errors


def test_who_ended_by_himself_goes_on_when_told(run: Run, folder: Path) -> None:
    stopping = "callbacks=[{type: early_stopping, monitor: loss, patience: 3, min_delta: 9}]"
    run("train", "points.yaml", "-q", "--no-plots", "-s", stopping)
    answer = run(*ENDED)
    assert answer.code == 2
    assert "ended by itself after epoch 4: loss has not improved for 3 epochs" in answer.errors
    assert run(*ENDED, "--epochs", "20").code == 0
    epochs = (folder / "runs/points/metrics.csv").read_text().splitlines()[1:]
    assert len(epochs) == 7, "it waits for three epochs anew"


def test_a_run_is_trained_by_one_at_a_time(run: Run, folder: Path, trained: str) -> None:
    with locked(RunFolder(folder / trained)):
        answer = run(*ENDED, "--epochs", "6")
    assert (answer.code, answer.output) == (2, "")
    assert answer.errors == "Error: the run runs/points is being trained by another process\n"


@pytest.mark.parametrize("flags", [("points.yaml",), ("--name", "x"), ("--dry-run",)])
def test_what_does_not_go_with_it(run: Run, trained: str, flags: tuple[str, ...]) -> None:
    answer = run("train", *flags, "--resume", "points")
    assert answer.code == 2
    assert "--resume: can't go together with " in answer.errors


def test_nothing_to_train(run: Run) -> None:
    answer = run("train")
    assert answer.code == 2
    assert "name a config, or a run with --resume" in answer.errors
