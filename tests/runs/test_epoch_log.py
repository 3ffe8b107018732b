from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from nncli.errors import RunError
from nncli.runs import epoch_log
from nncli.runs.epoch_log import EpochLog


def test_a_row_per_epoch_that_reads_back_to_the_bit(tmp_path):
    path = tmp_path / "metrics.csv"
    with EpochLog(path, ["loss", "val_loss"]) as log:
        log.append(1, [1 / 3, float("nan")])
        log.append(2, [np.float64(1e-300), np.float32(0.1)])
    lines = path.read_text().splitlines()
    assert lines[:2] == ["epoch,loss,val_loss", "1,0.3333333333333333,nan"]
    with path.open(newline="") as file:
        first, second = csv.DictReader(file)
    assert (first["epoch"], float(first["loss"])) == ("1", 1 / 3)
    assert (second["epoch"], float(second["loss"])) == ("2", 1e-300)
    assert float(second["val_loss"]) == float(np.float32(0.1))


def test_rows_reach_the_disk_while_training_goes_on(tmp_path, monkeypatch):
    now = [100.0]
    monkeypatch.setattr(epoch_log.time, "monotonic", lambda: now[0])
    path = tmp_path / "metrics.csv"
    path.write_text("epoch,loss\n1,0.5\n2,0.2")  # that a crash has left
    log = EpochLog(path, ["loss"], {1: [0.5]})
    log.append(2, [0.25])
    assert path.read_text() == "epoch,loss\n1,0.5\n2,0.2"
    now[0] += 1.5
    log.append(3, [0.125])
    assert path.read_text() == "epoch,loss\n1,0.5\n2,0.25\n3,0.125\n"
    log.append(4, [0.0])
    log.flush()
    assert path.read_text().endswith("3,0.125\n4,0.0\n")


def test_rows_survive_an_error(tmp_path):
    path = tmp_path / "metrics.csv"
    with pytest.raises(KeyError), EpochLog(path, ["loss"]) as log:
        log.append(1, [0.5])
        raise KeyError
    assert path.read_text() == "epoch,loss\n1,0.5\n"


def test_where_it_can_not_be_written(tmp_path):
    with pytest.raises(RunError, match="can't write"):
        EpochLog(tmp_path, ["loss"]).flush()


def test_a_full_disk_is_a_run_error(tmp_path):
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    path = tmp_path / "metrics.csv"
    log = EpochLog(path, ["loss"])
    log.flush()
    path.unlink()
    path.symlink_to("/dev/full")
    log.append(1, [0.5])
    with pytest.raises(RunError, match="No space left"):
        log.flush()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("epoch,loss\n1,0.5\n2,0.25\n", {"epoch": 2, "loss": 0.25}),
        ("epoch,loss\n1,0.5\n2,0.2", {"epoch": 1, "loss": 0.5}),
        ("epoch,loss\n1,0.5\n", {"epoch": 1, "loss": 0.5}),
        ("epoch,loss\n", {}),
        ("epoch,loss", {}),
        ("", {}),
        ("epoch,loss\n1,0.5,7\n", {}),
        ("epoch,loss\n1,low\n", {}),
    ],
)
def test_the_last_whole_row(tmp_path, text, expected):
    path = tmp_path / "metrics.csv"
    path.write_text(text, encoding="utf-8")
    assert epoch_log.last_row(path) == expected
