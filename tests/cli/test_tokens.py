"""Tables of whole numbers: an Input of dtype int32, with and without an Embedding behind it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

CONFIG = """\
seed: 1
data: {train: tokens.csv, target: kind, test: 4}
layers:
  - {type: Input, shape: [2], dtype: int32}
  - {type: Embedding, input_dim: 6, output_dim: 3}
  - {type: Flatten}
  - {type: Dense, units: 1, activation: sigmoid}
loss: binary_crossentropy
optimizer: adam
epochs: 2
"""


@pytest.fixture
def tokens(folder: Path) -> Path:
    rows = "".join(f"{n % 6},{n * 5 % 6},{'up' if n % 2 else 'down'}\n" for n in range(20))
    (folder / "tokens.csv").write_text(f"a,b,kind\n{rows}", encoding="utf-8")
    (folder / "tokens.yaml").write_text(CONFIG, encoding="utf-8")
    return folder


@pytest.mark.parametrize("layer", ["{type: Embedding, input_dim: 6, output_dim: 3}", "Flatten"])
def test_all_commands(run: Run, tokens: Path, layer: str) -> None:
    change = ["-s", f"layers.1={layer}"]
    assert run("train", "tokens.yaml", "-q", "--no-plots", *change)[::2] == (0, "")
    assert run("evaluate", "-q").code == 0
    assert run("evaluate", "--data", "tokens.csv", "-q").code == 0
    assert len(run("predict", "tokens.csv", "-o", "-").output.splitlines()) == 21


def test_fraction(run: Run, tokens: Path) -> None:
    with (tokens / "tokens.csv").open("a", encoding="utf-8") as file:
        file.write("1,0.5,up\n")
    answer = run("train", "tokens.yaml", "--no-plots")
    assert answer.code == 2
    assert "tokens.csv: line 22, column 'b' holds 0.5, but the network's Input" in answer.errors
    assert answer.errors.endswith("leave the column out with data.drop: [b]\n")
    assert not (tokens / "runs").exists()


def test_scaling_makes_fractions(run: Run, tokens: Path) -> None:
    answer = run("train", "tokens.yaml", "--no-plots", "-s", "data.scale=standard")
    assert answer.code == 2
    assert "data.scale: standard makes fractions, but the Input takes whole" in answer.errors
