"""Weights of layers within layers go by Keras's names, from the command line alone."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
import yaml
from safetensors.numpy import save_file

from tests.cli.conftest import Run
from tests.cli.test_initial_weights import assert_trained_as_by_keras
from tests.engine import support
from tests.golden.network_cases import NETWORKS


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("text", "bidirectional/backward_lstm/lstm_cell/recurrent_kernel"),
        ("regularizers.bidirectional", "time_distributed/dense/kernel"),
    ],
)
def test_metrics_csv_is_the_history_of_keras(run: Run, folder: Path, key: str, name: str) -> None:
    case, golden = NETWORKS[key], support.golden("networks")[key]
    inputs, targets = golden["inputs"], golden["targets"]
    rows = np.concatenate([array.reshape(len(array), -1) for array in (inputs, targets)], axis=1)
    tokens = inputs.shape[1]
    with (folder / "rows.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows.tolist())
    wanted = [*range(tokens, rows.shape[1])]
    keys = ("layers", "loss", "metrics", "optimizer", "epochs", "batch_size")
    config = {each: case[each] for each in keys} | {
        "data": {"train": "rows.csv", "header": False, "target": wanted},
        "dtype": "float64",
        "shuffle": False,
        "initial_weights": "start.safetensors",
    }
    (folder / "nested.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    initial = golden.under("initial")
    assert name in initial
    save_file(
        {n: np.ascontiguousarray(w) for n, w in initial.items()}, folder / "start.safetensors"
    )

    answer = run("train", "nested.yaml", "-q", "--no-plots")
    assert answer.code == 0, answer.errors
    assert_trained_as_by_keras(Path(answer.output.strip()), golden)
