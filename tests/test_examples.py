"""Every example at its real size, through the command line, with the figures that Keras gives.

The ranges are those of Keras 3.15 over several seeds; the examples' own seeds lie inside them.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.reporting.test_summary import KERAS_DENSE

CONFIGS = Path(__file__).parent.parent / "configs"
EXAMPLES = sorted(path.stem for path in CONFIGS.glob("*.yaml") if "\ndata:" in path.read_text())

TWO_HIDDEN = """layers=[{type: Dense, units: 16, activation: relu},
{type: Dense, units: 16, activation: relu}, {type: Dense, units: 1, activation: sigmoid}]"""


def nncli(*arguments: str | Path) -> str:
    command = [sys.executable, "-m", "nncli", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def runs_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="module")
def runs(runs_dir: Path) -> dict[str, Path]:
    """Train every example once; return the run folders."""
    flags = ["--runs-dir", runs_dir, "--quiet"]
    return {
        name: Path(nncli("train", CONFIGS / f"{name}.yaml", *flags).strip()) for name in EXAMPLES
    }


def train(runs_dir: Path, name: str, *changes: str) -> Path:
    flags = ["--runs-dir", runs_dir, "--quiet", "--no-plots"]
    return Path(nncli("train", CONFIGS / f"{name}.yaml", *flags, *changes).strip())


def results(run: Path) -> dict[str, Any]:
    return json.loads((run / "results.json").read_text())


def history(run: Path, column: str) -> list[float]:
    with (run / "metrics.csv").open() as file:
        return [float(row[column]) for row in csv.DictReader(file)]


@pytest.mark.parametrize("name", EXAMPLES)
def test_example_leaves_a_run_that_evaluates_to_its_results(
    runs: dict[str, Path], name: str
) -> None:
    assert json.loads((runs[name] / "run.json").read_text())["status"] == "finished"
    assert (runs[name] / "plots" / "loss.png").stat().st_size > 10_000
    outcome = json.loads(nncli("evaluate", runs[name], "--json"))
    assert outcome["scores"] == pytest.approx(results(runs[name])[outcome["rows"]], rel=1e-6)


@pytest.mark.parametrize(
    ("name", "split", "metric", "low", "high"),
    [
        ("pima", "test", "accuracy", 0.765, 0.81),
        ("iris", "test", "accuracy", 0.9, 1.0),
        ("penguins", "test", "accuracy", 0.95, 1.0),
        ("auto_mpg", "test", "mean_absolute_error", 1.5, 2.5),
        ("auto_mpg", "test", "r2_score", 0.8, 0.95),
    ],
)
def test_scores_lie_where_keras_has_them(
    runs: dict[str, Path], name: str, split: str, metric: str, low: float, high: float
) -> None:
    assert low <= results(runs[name])[split][metric] <= high


@pytest.mark.parametrize(
    ("name", "low", "high"), [("mnist_mlp", 0.86, 0.89), ("mnist_cnn", 0.92, 0.95)]
)
def test_digits_end_where_keras_does(
    runs: dict[str, Path], name: str, low: float, high: float
) -> None:
    assert low <= history(runs[name], "val_accuracy")[-1] <= high


@pytest.mark.parametrize(("epochs", "low", "high"), [("20", 0.61, 0.65), ("150", 0.65, 0.74)])
def test_raw_measurements_are_harder(runs_dir: Path, epochs: str, low: float, high: float) -> None:
    run = train(runs_dir, "pima", "--set", "data.scale=none", "--epochs", epochs)
    assert low <= results(run)["test"]["accuracy"] <= high


@pytest.mark.parametrize(
    "change",
    ["epochs=500", "layers.0.units=32", "loss=binary_crossentropy", TWO_HIDDEN],
    ids=["as it is", "32 units", "crossentropy", "two hidden layers"],
)
def test_xor_is_learned_as_fast_as_by_keras(runs_dir: Path, change: str) -> None:
    accuracy = history(train(runs_dir, "xor", "--set", change), "binary_accuracy")
    assert 44 <= accuracy.index(1.0) + 1 <= 105


def test_end_of_training_says_when_the_best_was_reached(runs_dir: Path) -> None:
    flags = ["--runs-dir", runs_dir, "--no-plots", "--progress", "none"]
    said = nncli("train", CONFIGS / "xor.yaml", *flags).splitlines()
    epoch = history(Path(said[-1].removeprefix("run folder: ")), "binary_accuracy").index(1.0) + 1
    assert f"binary_accuracy 1.0, first reached at epoch {epoch}" in said


def test_labels_as_they_are_train_as_one_hot_ones_do(runs_dir: Path) -> None:
    few = ["--epochs", "3"]
    one_hot = train(runs_dir, "mnist_mlp", *few)
    sparse = train(runs_dir, "mnist_mlp", *few, "--set", "loss=sparse_categorical_crossentropy")
    for column in ("loss", "accuracy", "val_loss", "val_accuracy"):
        assert history(sparse, column) == pytest.approx(history(one_hot, column), rel=1e-5)


def test_summary_is_kerass() -> None:
    assert nncli("summary", CONFIGS / "summary_20_64_10.yaml").startswith(KERAS_DENSE + "\n")
