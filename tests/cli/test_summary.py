"""nncli summary of configs and of runs."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run
from tests.reporting.test_summary import KERAS_DENSE

NETWORK = """\
layers:
  - {type: Input, shape: [20]}
  - {type: Dense, units: 64, activation: relu}
  - {type: Dense, units: 10}
loss: mean_squared_error
optimizer: adam
epochs: 1
"""


def test_config_without_data(run: Run, folder: Path) -> None:
    (folder / "net.yaml").write_text(NETWORK, encoding="utf-8")
    answer = run("summary", "net.yaml")
    table, _, memory = answer.output.rstrip("\n").rpartition("\n")
    assert (answer.code, table, answer.errors) == (0, KERAS_DENSE, "")
    # weights, gradients, Adam's two slots, two snapshots; then inputs, values, gradients, slopes
    weights, buffers = 6 * 1994, 32 * (20 + 64 + 10 + 10 + 64 + 64 + 2)
    assert memory == f" Memory to train: {4 * (weights + buffers) / 1024:.2f} KB in batches of 32"


def test_shape_comes_from_the_table(run: Run) -> None:
    answer = run("summary", "points.yaml")
    assert answer.code == 0
    assert " Total params: 17 (68.00 B)\n" in answer.output


def test_changes(run: Run) -> None:
    answer = run("summary", "points.yaml", "-s", "layers.0.units=8")
    assert " Total params: 33 (132.00 B)\n" in answer.output


def test_newest_run_is_named(run: Run, folder: Path, trained: str) -> None:
    summary = (folder / trained / "summary.txt").read_text(encoding="utf-8")
    answer = run("summary")
    assert answer.output.startswith(f"{trained}\n{summary} Memory to train: ")
    assert run("summary", "points") == run("summary", trained)


def test_runs_can_not_be_changed(run: Run, trained: str) -> None:
    answer = run("summary", "points", "-s", "layers.0.units=8")
    assert answer.code == 2
    assert "a run's network is what it is" in answer.errors


def test_neither_input_nor_data(run: Run, folder: Path) -> None:
    (folder / "net.yaml").write_text(NETWORK.replace("  - {type: Input, shape: [20]}\n", ""))
    answer = run("summary", "net.yaml")
    assert answer.code == 2
    assert answer.errors.startswith("net.yaml:1:1: layers: the shape of a row is not known")
