"""nncli train, end to end on a small table."""

from __future__ import annotations

import csv
import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest

from nncli.api import session
from nncli.errors import RunError
from nncli.training.loop import Trainer
from tests.cli.conftest import Run


def test_report_and_folder(run: Run, folder: Path) -> None:
    answer = run("train", "points.yaml", "--no-plots")
    assert (answer.code, answer.errors) == (0, "")
    lines = answer.output.splitlines()
    assert [line.split()[:2] for line in lines[:5]] == [["epoch", f"{n}/5"] for n in range(1, 6)]
    assert lines[5].startswith("trained 5 epochs in ")
    assert lines[7].split() == ["train", "validation", "test", "baseline"]
    assert lines[-1] == "run folder: runs/points"
    names = {path.name for path in (folder / "runs" / "points").iterdir()}
    assert {"config.yaml", "config.source.yaml", "run.json", "metrics.csv", "weights"} <= names
    assert "plots" not in names


def test_best_epochs_are_those_of_metrics_csv(run: Run, folder: Path) -> None:
    output = run("train", "points.yaml", "--no-plots").output
    with (folder / "runs/points/metrics.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    best = max(rows, key=lambda row: float(row["val_accuracy"]))
    assert (
        f", first reached at epoch {best['epoch']}\n"
        in (output[output.index("\nval_accuracy ", output.index("first reached")) :])
    )


def test_config_of_the_run_trains_to_the_same_weights(run: Run, folder: Path, trained: str) -> None:
    assert run("train", f"{trained}/config.yaml", "-q", "--no-plots", "-n", "again").code == 0
    first, again = (folder / trained, folder / "runs" / "again")
    for name in ("weights/best.safetensors", "weights/last.safetensors", "metrics.csv"):
        assert (first / name).read_bytes() == (again / name).read_bytes()


def test_flags_change_the_config(run: Run) -> None:
    flags = ["--epochs", "2", "--seed", "7", "-s", "layers.0.units=3", "--name", "x"]
    answer = run("train", "points.yaml", "--no-plots", "--json", *flags)
    facts = json.loads(answer.output.splitlines()[-1])
    assert (facts["run"], facts["epochs"], facts["seed"]) == ("runs/x", 2, 7)
    assert (facts["status"], facts["stopped"], facts["weights"]) == ("finished", None, "best")
    assert set(facts["test"]) == {"loss", "accuracy"}
    assert answer.errors.startswith("epoch 1/2  loss ")
    assert "(Dense)                   │ (None, 3) " in run("summary", "x").output


def test_json_is_a_line_an_epoch_and_one_of_the_result(run: Run, folder: Path) -> None:
    answer = run("train", "points.yaml", "--no-plots", "--json", "--progress", "none")
    *epochs, result = map(json.loads, answer.output.splitlines())
    with (folder / "runs/points/metrics.csv").open(encoding="utf-8") as file:
        rows = [{name: float(cell) for name, cell in row.items()} for row in csv.DictReader(file)]
    assert epochs == rows
    assert [epoch["epoch"] for epoch in epochs] == [1, 2, 3, 4, 5]
    assert (result["run"], result["epochs"], answer.errors) == ("runs/points", 5, "")
    assert len(run("train", "points.yaml", "--no-plots", "--json", "-q").output.splitlines()) == 1


def test_quiet_prints_the_folder_alone(run: Run) -> None:
    assert run("train", "points.yaml", "-q", "--no-plots") == (0, "runs/points\n", "")
    assert run("train", "points.yaml", "-q", "--no-plots") == (0, "runs/points-2\n", "")


def test_verbose_begins_with_the_summary(run: Run) -> None:
    output = run("train", "points.yaml", "-v", "--no-plots", "--progress", "none").output
    assert output.startswith("┏━")
    assert " Non-trainable params: 0 (0.00 B)\ntrained 5 epochs in " in output


def test_time_limit_ends_in_good_order(run: Run) -> None:
    flags = ["--epochs", "100000000", "--max-time", "1s", "--json", "--quiet"]
    facts = json.loads(run("train", "points.yaml", "--no-plots", *flags).output)
    assert (facts["status"], facts["stopped"]) == ("finished", "the time is up")
    assert 0 < facts["epochs"] < 100000000


def test_interruption_saves_and_exits_with_130(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    end_epoch = Trainer._end_epoch

    def interrupt(self: Trainer, epoch: int) -> None:
        end_epoch(self, epoch)
        if epoch == 2:
            self.interrupt()

    monkeypatch.setattr(Trainer, "_end_epoch", interrupt)
    answer = run("train", "points.yaml", "--no-plots", "--progress", "none")
    assert (answer.code, answer.errors) == (130, "")
    assert "; ended early: interrupted\n" in answer.output
    record = json.loads((folder / "runs/points/run.json").read_text(encoding="utf-8"))
    assert record["status"] == "interrupted"
    assert run("evaluate", "-q").code == 0


def test_loss_that_is_not_finite_exits_with_1(run: Run) -> None:
    flags = ["-s", "optimizer={type: sgd, learning_rate: 1e30}", "-s", "loss=mean_squared_error"]
    flags += ["-s", "layers.1.activation=linear", "-s", "layers.0.activation=linear"]
    answer = run("train", "points.yaml", "-q", "--no-plots", "-s", "data.task=classes", *flags)
    assert answer.code == 1
    assert answer.errors.startswith("Error: the loss is ")
    assert run("evaluate").code == 2  # a failed run is never the newest


def fill_disk(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let the disk be full from the moment that a file of that name is written."""
    whole = Path.open

    def full(self: Path, *arguments: Any, **options: Any) -> Any:
        if name in self.name and arguments[:1] != ("rb",):
            monkeypatch.setattr(os, "fsync", refuse)
        return whole(self, *arguments, **options)

    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "open", full)


def test_disk_full_during_set_up_leaves_nothing(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_disk(monkeypatch, "splits.csv")
    answer = run("train", "points.yaml", "-q", "--no-plots")
    assert (answer.code, answer.output) == (2, "")
    assert "splits.csv: No space left on device" in answer.errors
    assert list((folder / "runs").iterdir()) == []


def test_disk_full_after_training_says_what_is_kept(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_disk(monkeypatch, "results.json")
    answer = run("train", "points.yaml", "-q", "--no-plots")
    assert (answer.code, answer.output) == (1, "")
    assert "results.json: No space left on device\n" in answer.errors
    assert answer.errors.endswith(
        "What was done until then is in runs/points: metrics.csv, weights/best.safetensors, "
        "weights/last.safetensors\n"
    )


def test_failure_after_training_is_recorded(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise RunError("can't write runs/points/results.json: no")

    monkeypatch.setattr(session, "_results", refuse)
    assert run("train", "points.yaml", "-q", "--no-plots").code == 1
    record = json.loads((folder / "runs/points/run.json").read_text(encoding="utf-8"))
    assert (record["status"], record["epochs"]) == ("failed", 5)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("data.target=kin", "--set data.target=kin: data.target: "),
        ("layers.1.units=5", "points.yaml:5:5: layers[1]: "),
        (
            "layers.0.units=0",
            "--set layers.0.units=0: layers[0].units: must be at least 1, got 0\n",
        ),
        ("data.train=point.csv", "--set data.train=point.csv: data.train: point.csv doesn't exist"),
        ("data.test=.", "--set data.test=.: data.test: . is a directory; name a table in it"),
        ("data.delimiter=;", "points.yaml:2:8: data.train: points.csv has a single column when "),
        (
            "callbacks=[{type: early_stopping, monitor: val_los}]",
            "--set callbacks=[{type: early_stopping, monitor: val_los}]: callbacks[0].monitor: ",
        ),
        (
            "data.validation=20%",
            "--set data.validation=20%: data.validation: must be a fraction, got '20%'; write 0.2",
        ),
        ("data.test=24", "--set data.test=24: data.test: 24 takes 24 rows, but there are only 24"),
        (
            "layers.0.units=1000000000000",
            "points.yaml:4:5: layers[0]: its kernel has 2,000,000,000,000 weights, which take ",
        ),
    ],
)
def test_mistakes_leave_no_run(run: Run, folder: Path, change: str, message: str) -> None:
    answer = run("train", "points.yaml", "-s", change)
    assert (answer.code, answer.output) == (2, "")
    assert answer.errors.startswith(message)
    assert not (folder / "runs").exists()


def test_profile_is_printed_and_kept(run: Run, folder: Path) -> None:
    answer = run("train", "points.yaml", "--profile", "--no-plots", "--progress", "none")
    assert answer.code == 0, answer.errors
    kept = (folder / "runs" / "points" / "profile.txt").read_text(encoding="utf-8")
    assert kept in answer.output
    assert kept.splitlines()[-1].endswith("100.0 %")
