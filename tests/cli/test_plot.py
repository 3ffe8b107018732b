"""Pictures drawn again, against those that training drew, and several runs in one."""

from __future__ import annotations

import csv
import math
import shutil
from pathlib import Path
from typing import Any

import pytest

from nncli.training.loop import Trainer
from tests.cli.conftest import Run

fit = Trainer.fit


@pytest.fixture
def drawn(run: Run) -> Path:
    """Train a run with all its pictures, a changing learning rate's among them."""
    rate = "{type: exponential_decay, initial_learning_rate: 0.1, decay_steps: 4, decay_rate: 0.9}"
    answer = run("train", "points.yaml", "-q", "-s", f"optimizer.learning_rate={rate}")
    assert answer.code == 0, answer.errors
    return Path("runs/points/plots")


def test_one_run_is_drawn_as_training_drew_it(run: Run, drawn: Path) -> None:
    before = {path.name: path.read_bytes() for path in drawn.iterdir()}
    shutil.rmtree(drawn)
    answer = run("plot")
    assert (answer.code, answer.errors) == (0, "")
    assert {Path(line) for line in answer.output.splitlines()} == {drawn / name for name in before}
    assert {path.name: path.read_bytes() for path in drawn.iterdir()} == before
    assert {"loss.png", "learning_rate.png", "mistakes.csv", "roc.png"} <= set(before)


@pytest.mark.parametrize("table", ["", None])
def test_without_its_table_only_the_curves(run: Run, trained: str, table: str | None) -> None:
    if table is None:
        Path("points.csv").unlink()
    else:
        Path("points.csv").write_text("x\n1\n", encoding="utf-8")
    answer = run("plot", "points", "-o", "again")
    assert answer.code == 0
    assert answer.output.splitlines() == [
        f"again/{name}.png" for name in ("loss", "accuracy", "weights", "gradients")
    ]
    assert answer.errors.startswith("Warning: only the curves are drawn: points.csv")


def test_the_worst_mistakes_as_the_table_has_them(run: Run, drawn: Path) -> None:
    with Path("points.csv").open(encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    with (drawn / "mistakes.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["row", "loss", "true_class", "class", "probability_up", "id", "x", "y"]
    with Path("runs/points/splits.csv").open(encoding="utf-8") as file:
        test = [line["row"] for line in csv.DictReader(file) if line["split"] == "test"]
    assert sorted(int(row["row"]) for row in rows) == sorted(map(int, test))
    losses = [float(row["loss"]) for row in rows]
    assert losses == sorted(losses, reverse=True)
    for row, loss in zip(rows, losses, strict=True):
        original = table[int(row["row"])]
        assert (row["id"], row["true_class"]) == (original["id"], original["kind"])
        assert (float(row["x"]), float(row["y"])) == (float(original["x"]), float(original["y"]))
        positive = float(row["probability_up"])
        assert row["class"] == ("up" if positive > 0.5 else "down")
        right = positive if row["true_class"] == "up" else 1 - positive
        assert loss == pytest.approx(-math.log(right), rel=1e-4)


def test_of_a_table_that_is_gone_at_the_end_the_numbers_are_told(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fit_and_lose(*arguments: Any, **options: Any) -> None:
        fit(*arguments, **options)
        Path("points.csv").unlink()

    monkeypatch.setattr(Trainer, "fit", fit_and_lose)
    assert run("train", "points.yaml", "-q") == (0, "runs/points\n", "")
    header = Path("runs/points/plots/mistakes.csv").read_text(encoding="utf-8").splitlines()[0]
    assert header == "row,loss,true_class,class,probability_up"


def test_several_runs_go_to_a_folder_that_is_no_run(run: Run, trained: str) -> None:
    assert run("train", "points.yaml", "-q", "--no-plots", "--epochs", "2").code == 0
    answer = run("plot", "points", "points-2", "runs/points")
    assert (answer.code, answer.errors) == (0, "")
    assert answer.output.splitlines() == ["runs/plots/loss.png", "runs/plots/accuracy.png"]
    assert "plots" not in run("runs", "list").output
    assert run("plot", "points", "points-2", "-o", "elsewhere").output.startswith("elsewhere/loss")


def test_refused(run: Run, trained: str) -> None:
    assert run("train", "points.yaml", "-q", "--no-plots").code == 0
    for flags, message in [
        (["points", "points-2", "-o", "runs/points"], "runs/points is a run; name another folder"),
        (["points", "-o", "points.csv"], "can't write pictures to points.csv: File exists"),
        (["pints"], "there is no run 'pints'"),
    ]:
        answer = run("plot", *flags)
        assert answer.code == 2
        assert message in answer.errors
    Path("runs/points/metrics.csv").write_text("epoch,loss\n1,low\n", encoding="utf-8")
    assert "metrics.csv is damaged" in run("plot", "points").errors
    for damage in ("epoch,loss\n1\n", "step,loss\n1,2.0\n", "", "epoch,loss\n\n"):
        Path("runs/points/metrics.csv").write_text(damage, encoding="utf-8")
        assert "metrics.csv is damaged" in run("plot", "points").errors
    Path("runs/points/metrics.csv").unlink()
    assert "no epoch of it has ended" in run("plot", "points").errors
