"""The command line run in this process, in an empty folder with a small table and its config."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from nncli.cli.app import main

CONFIG = """\
seed: 1
data: {train: points.csv, target: kind, test: 4, validation: 4}
layers:
  - {type: Dense, units: 4, activation: tanh}
  - {type: Dense, units: 1, activation: sigmoid}
loss: binary_crossentropy
optimizer: {type: adam, learning_rate: 0.05}
metrics: [accuracy]
epochs: 5
batch_size: 4
"""


class Answer(NamedTuple):
    code: int
    output: str
    errors: str


Run = Callable[..., Answer]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    rows = [f"r{n},{n / 10},{(n * 7) % 5},{'up' if n >= 12 else 'down'}" for n in range(24)]
    table = "\n".join(["id,x,y,kind", *rows]) + "\n"
    (tmp_path / "points.csv").write_text(table, encoding="utf-8")
    (tmp_path / "points.yaml").write_text(
        CONFIG.replace("target: kind", "target: kind, drop: [id]"), encoding="utf-8"
    )
    return tmp_path


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str) -> Answer:
        monkeypatch.setattr(sys, "argv", ["nncli", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Answer(int(ended.value.code or 0), said.out, said.err)

    return call


@pytest.fixture
def trained(run: Run) -> str:
    """Train the config without pictures and return the run's folder."""
    answer = run("train", "points.yaml", "-q", "--no-plots")
    assert answer.code == 0, answer.errors
    return answer.output.strip()
