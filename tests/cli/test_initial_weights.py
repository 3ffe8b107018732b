"""From a Keras model's weights, the command line comes to Keras's history."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
import yaml
from safetensors.numpy import load_file, save_file

from nncli.engine.types import Array
from tests.cli.conftest import Run
from tests.engine import support
from tests.golden.graph_cases import GRAPHS

CASE, GOLDEN = GRAPHS["outputs"], support.golden("graphs")["outputs"]


def start(folder: Path, weights: dict[str, Array]) -> None:
    """Write the case's table, its config and these weights."""
    inputs, targets = GOLDEN.listed("inputs"), GOLDEN.listed("targets")
    columns = {"a": inputs[0][:, 0], "b": inputs[0][:, 1], "c": inputs[0][:, 2]}
    columns |= {"d": inputs[1][:, 0], "e": inputs[1][:, 1]}
    columns |= {"y": targets[0][:, 0], "z": targets[0][:, 1], "kind": targets[1][:, 0]}
    with (folder / "rows.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(zip(*(column.tolist() for column in columns.values()), strict=True))
    keys = ("layers", "loss", "loss_weights", "metrics", "optimizer", "epochs", "batch_size")
    config = {key: CASE[key] for key in keys} | {
        "data": {
            "train": "rows.csv",
            "features": {"left": ["a", "b", "c"], "right": ["d", "e"]},
            "target": {"price": ["y", "z"], "kind": "kind"},
        },
        "dtype": "float64",
        "shuffle": False,
        "initial_weights": "start.safetensors",
    }
    (folder / "graph.yaml").write_text(yaml.safe_dump(config))
    save_file(
        {name: np.ascontiguousarray(each) for name, each in weights.items()},
        folder / "start.safetensors",
    )


def assert_trained_as_by_keras(path: Path, golden: support.Golden) -> dict[str, Array]:
    """Compare a run's metrics.csv and last weights with Keras's; return these weights."""
    with (path / "metrics.csv").open() as file:
        rows = list(csv.DictReader(file))
    history = golden.under("history")
    ours = {name: np.array([float(row[name]) for row in rows]) for name in history}
    support.assert_close(ours, history, support.EXACT)
    final: dict[str, Array] = load_file(path / "weights" / "last.safetensors")
    support.assert_close(final, golden.under("final"), support.EXACT)
    return final


def test_metrics_csv_is_the_history_of_keras(run: Run, folder: Path) -> None:
    start(folder, GOLDEN.under("initial"))
    answer = run("train", "graph.yaml", "-q", "--no-plots")
    assert answer.code == 0, answer.errors
    final = assert_trained_as_by_keras(Path(answer.output.strip()), GOLDEN)
    answer = run("predict", "rows.csv", "--layer", "near", "-o", "-")
    assert answer.code == 0, answer.errors
    first = next(csv.DictReader(answer.output.splitlines()))
    near = np.tanh(GOLDEN.listed("inputs")[0][0] @ final["near/kernel"] + final["near/bias"])
    assert [float(first[f"near_{n}"]) for n in range(4)] == pytest.approx(near.tolist(), rel=1e-9)
    answer = run("predict", "rows.csv", "--layer", "nera")
    assert answer.code == 2
    assert "did you mean 'near'?" in answer.errors


def test_probabilities_are_those_of_the_outputs_that_are_classes(run: Run, folder: Path) -> None:
    start(folder, GOLDEN.under("initial"))
    assert run("train", "graph.yaml", "-q", "--no-plots").code == 0
    answer = run("predict", "rows.csv", "--proba", "-o", "-")
    assert answer.code == 0, answer.errors
    columns = answer.output.splitlines()[0].split(",")
    assert columns[:2] == ["price_predicted_y", "price_predicted_z"]
    assert columns[2:] == ["kind_class", *(f"kind_probability_{n}" for n in range(3))]


def test_a_map_of_metrics_that_are_no_lists_is_an_error(run: Run, folder: Path) -> None:
    start(folder, GOLDEN.under("initial"))
    answer = run("train", "graph.yaml", "--set", "metrics.kind=accuracy")
    assert answer.code == 2
    assert "metrics.kind: expected a list" in answer.errors


def test_all_that_differs_is_said_at_the_key(run: Run, folder: Path) -> None:
    weights = GOLDEN.under("initial")
    weights["other/kernel"] = weights.pop("far/kernel")
    weights["near/bias"] = weights["near/bias"][:3]
    start(folder, weights)
    answer = run("train", "graph.yaml")
    assert answer.code == 2
    for part in (
        "initial_weights",
        "far/kernel is missing",
        "other/kernel is not in the network",
        "near/bias has shape (3,), the network's (4,)",
    ):
        assert part in answer.errors


def test_other_precisions_are_cast(run: Run, folder: Path) -> None:
    initial = GOLDEN.under("initial")
    start(folder, {name: value.astype(np.float16) for name, value in initial.items()})
    assert run("train", "graph.yaml", "-q", "--no-plots").code == 0


def test_a_file_that_is_not_there_is_said(run: Run, folder: Path) -> None:
    start(folder, GOLDEN.under("initial"))
    (folder / "start.safetensors").unlink()
    answer = run("train", "graph.yaml")
    assert answer.code == 2
    assert "start.safetensors is missing" in answer.errors


@pytest.mark.parametrize("path", ["''", "."])
def test_a_folder_holds_no_weights_itself(run: Run, path: str) -> None:
    answer = run("train", "points.yaml", "-s", f"initial_weights={path}")
    said = "initial_weights: . is a folder; name a file of weights in it"
    assert (answer.code, answer.output) == (2, "")
    assert answer.errors.startswith(f"--set initial_weights={path}: {said}")
