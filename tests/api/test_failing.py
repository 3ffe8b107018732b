"""What is said of a network that is worse than a constant answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from nncli.api.failing import way_out
from nncli.api.training import train
from nncli.config.loading import load

CONFIG = """\
seed: 1
data: {{train: table.csv, target: y, test: 10{data}}}
layers:
  - {{type: Dense, units: 1}}
loss: mean_squared_error
optimizer: {{type: adam, learning_rate: {rate}}}
metrics: [r2_score]
epochs: {epochs}
"""
TABLE = "x,y\n" + "".join(f"{n},{10 * n + 500}\n" for n in range(40))
SCALED = ", scale: standard, target_scale: standard"


def _way_out(folder: Path, *, data: str = "", table: str = TABLE, **numbers: float) -> str:
    (folder / "table.csv").write_text(table, encoding="utf-8")
    settings = {"rate": 0.1, "epochs": 100, **numbers}
    (folder / "c.yaml").write_text(CONFIG.format(data=data, **settings), encoding="utf-8")
    return way_out(train(load(folder / "c.yaml"), runs_dir=folder / "runs", plots=False))


def test_nothing_where_the_network_is_better(tmp_path: Path) -> None:
    assert _way_out(tmp_path, data=SCALED) == ""


@pytest.mark.parametrize(
    ("data", "steps"),
    [
        ("", "data.target_scale: standard, data.scale: standard, more epochs or another"),
        (", scale: standard", "data.target_scale: standard, more epochs or another"),
    ],
)
def test_what_is_not_scaled_comes_first(tmp_path: Path, data: str, steps: str) -> None:
    assert _way_out(tmp_path, data=data, epochs=1) == (
        f"try {steps} learning_rate, and see what nncli check says of the table"
    )


def test_steps_that_are_too_large(tmp_path: Path) -> None:
    assert _way_out(tmp_path, data=SCALED, rate=1000, epochs=1) == (
        "try more epochs or another learning_rate, and see what nncli check says of the table"
    )


def test_what_is_learnt_by_heart(tmp_path: Path) -> None:
    opposite = [f"{n},{n}\n" for n in range(30)] + [f"{n},{30 - n}\n" for n in range(10)]
    said = _way_out(tmp_path, data=f"{SCALED}, split: last", table="x,y\n" + "".join(opposite))
    assert said.startswith("on the train rows it isn't, so it may know them by heart")
