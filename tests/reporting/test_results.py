"""The reports, in full."""

from __future__ import annotations

from pathlib import Path

from nncli.reporting.results import best_epochs, evaluation_report, score_table, training_report
from nncli.training.history import History

HISTORY = History(
    ["loss", "accuracy", "val_loss", "val_accuracy", "learning_rate"],
    [
        [0.7, 0.5, 0.8, 0.6, 0.001],
        [0.5, 0.9, 0.6, 0.75, 0.001],
        [0.4, 0.9, 0.65, 0.75, 0.001],
    ],
)
DIRECTIONS = {"loss": "down", "accuracy": "up", "val_loss": "down", "val_accuracy": "up"}
SCORES = {"loss": 0.5, "accuracy": 0.9}


def report(results: dict[str, object], stop_reason: str | None = None, way_out: str = "") -> str:
    return training_report(
        run=Path("runs/pima"),
        seed=42,
        seconds=75.0,
        stop_reason=stop_reason,
        results=results,
        history=HISTORY,
        monitor="val_loss",
        directions=DIRECTIONS,
        way_out=way_out,
    )


def test_training_with_validation() -> None:
    results = {
        "train": SCORES,
        "validation": {"loss": 0.6, "accuracy": 0.75},
        "baseline": {"train": SCORES, "validation": {"loss": 0.69, "accuracy": 0.5}},
        "weights": "best",
        "best_epoch": 2,
    }
    assert (
        report(results, "the time is up")
        == """\
trained 3 epochs in 1:15, seed 42; ended early: the time is up

           train  validation  baseline
loss      0.5000      0.6000    0.6900
accuracy  0.9000      0.7500    0.5000

scored with the best weights, of epoch 2, where val_loss is lowest
baseline: always the training rows' mean or most frequent class, on the validation rows

loss 0.4, first reached at epoch 3
accuracy 0.9, first reached at epoch 2
val_loss 0.6, first reached at epoch 2
val_accuracy 0.75, first reached at epoch 2

run folder: runs/pima"""
    )


def test_training_without_validation_uses_the_last_weights() -> None:
    results = {
        "train": SCORES,
        "baseline": {"train": SCORES},
        "weights": "last",
        "weights_epoch": 3,
    }
    assert "\nscored with the last weights, of epoch 3\n" in report(results)


def test_a_network_that_is_worse_than_the_baseline() -> None:
    results = {
        "train": SCORES,
        "baseline": {"train": SCORES},
        "weights": "last",
        "weights_epoch": 3,
    }
    assert "on the train rows\nworse than the baseline: try it again\n\n" in report(
        results, way_out="try it again"
    )


def test_training_that_was_stopped_before_its_first_epoch() -> None:
    assert list(best_epochs(History(["loss"]), {"loss": "down"})) == []


def test_metrics_that_only_some_columns_have() -> None:
    assert score_table({"test": {"loss": 1.0, "auc": 0.5}, "baseline": {"loss": 2.0}}) == (
        "        test  baseline\nloss  1.0000    2.0000\nauc   0.5000"
    )


def test_evaluation() -> None:
    text = evaluation_report(
        run=Path("runs/pima"),
        weights="last",
        rows="test",
        count=2000,
        columns={"test": {"loss": 0.5}},
        breakdown={},
        written=Path("runs/pima/evaluations/test.json"),
    )
    assert (
        text
        == """\
run runs/pima, last weights, 2,000 test rows

        test
loss  0.5000

written to runs/pima/evaluations/test.json"""
    )
