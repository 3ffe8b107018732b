"""Flags and environment over the file: which wins, and where errors point."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.cli.conftest import Run


def test_flags_win_over_the_environment_and_that_over_the_file(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NNCLI_EPOCHS", "2")
    monkeypatch.setenv("NNCLI_OPTIMIZER__LEARNING_RATE", "0.25")
    monkeypatch.setenv("NNCLI_LAYERS__0__UNITS", "3")
    answer = run("train", "points.yaml", "-q", "--no-plots", "-s", "layers.0.units=5")
    assert (answer.code, answer.errors) == (0, "")
    kept = yaml.safe_load((folder / "runs/points/config.yaml").read_text(encoding="utf-8"))
    assert kept["epochs"] == 2
    assert kept["optimizer"]["learning_rate"] == 0.25
    assert kept["layers"][0]["units"] == 5
    assert kept["batch_size"] == 4


def test_mistakes_in_flags_and_variables_are_said_at_once(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NNCLI_EPOCH", "2")
    monkeypatch.setenv("NNCLI_LAYERS__9__UNITS", "2")
    flags = ["optimizer.lr=1", "epochs", "layers[0].units=3", "seed.x=1", "batch_size=012"]
    answer = run("train", "points.yaml", *(part for flag in flags for part in ("--set", flag)))
    assert answer.code == 2
    assert answer.errors.splitlines() == [
        "NNCLI_LAYERS__9__UNITS=2: layers: there is no item 9, the last of 2 is 1",
        "--set epochs: write path=value, as in --set optimizer.learning_rate=0.01",
        "--set layers[0].units=3: items stand behind a dot; write layers.0.units=3",
        "--set seed.x=1: seed is 1, which has no parts",
        "--set batch_size=012: batch_size: 012 starts with a zero, which some readers of YAML take "
        "for an octal number; write 12, or '012' in quotes if it is a name",
        "--set optimizer.lr=1: optimizer.lr: unknown key; did you mean 'learning_rate'?",
        "NNCLI_EPOCH=2: epoch: unknown key; did you mean 'epochs'?",
    ]
