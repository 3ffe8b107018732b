"""Targets that a network can't give, or would be long in getting near."""

from __future__ import annotations

from pathlib import Path

import pytest

from nncli.api.checking import check
from nncli.config.loading import load

CONFIG = """\
data: {{train: table.csv, target: y, features: [x], test: 4, split: last{data}}}
layers:
  - {{type: Dense, units: 1, activation: {activation}}}
loss: {loss}
optimizer: adam
epochs: 1
"""
PRICES = [(1000 + 7919 * n % 4000) for n in range(40)]
SMALL = [n * 17 % 41 / 8 for n in range(40)]
SIGNED = [n * 17 % 41 / 8 - 2 for n in range(40)]
SHARES = [n * 17 % 41 / 40 for n in range(40)]
YES_AND_NO = [n * 17 % 3 % 2 for n in range(40)]
SCALED = ", target_scale: standard"


def _found(
    folder: Path,
    cells: list[float],
    activation: str,
    data: str = "",
    loss: str = "mean_squared_error",
) -> list[tuple[str, str, str]]:
    rows = "".join(f"{n * 7 % 43},{cell}\n" for n, cell in enumerate(cells))
    (folder / "table.csv").write_text("x,y\n" + rows, encoding="utf-8")
    text = CONFIG.format(activation=activation, data=data, loss=loss)
    (folder / "c.yaml").write_text(text, encoding="utf-8")
    odd = check(load(folder / "c.yaml")).oddities
    return [(each.kind, each.what, each.advice) for each in odd]


@pytest.mark.parametrize(
    ("cells", "activation", "data", "gives", "advice"),
    [
        (PRICES, "sigmoid", "", "sigmoid gives 0 to 1 only",
         "leave the last layer's activation out, and say data.target_scale: standard"),
        (SMALL, "tanh", "", "tanh gives -1 to 1 only", "leave the last layer's activation out"),
        (SIGNED, "relu", "", "relu gives no negative ones",
         "leave the last layer's activation out"),
        (PRICES, "softplus", SCALED, "softplus gives no negative ones",
         "leave the last layer's activation out"),
    ],
)  # fmt: skip
def test_out_of_reach(
    tmp_path: Path, cells: list[float], activation: str, data: str, gives: str, advice: str
) -> None:
    ((kind, what, way_out),) = _found(tmp_path, cells, activation, data)
    assert kind == "out of reach"
    assert what.startswith("y: numbers from ")
    assert what.endswith(f", but the last layer's {gives}")
    assert ("(by target_scale: standard)" in what) == bool(data)
    assert way_out == advice


@pytest.mark.parametrize("loss", ["mean_squared_error", "mean_absolute_error"])
def test_amounts_far_from_zero(tmp_path: Path, loss: str) -> None:
    ((kind, what, advice),) = _found(tmp_path, [5000.0, 7000.0] * 20, "linear", loss=loss)
    assert kind == "unscaled target"
    assert what == (
        "y: numbers around 6000, with a deviation of 1000, which a network that begins near 0 "
        "takes long to get to"
    )
    assert advice == (
        "say data.target_scale: standard; metrics and predictions stay in its own units"
    )


def test_scaling_needs_negative_outputs(tmp_path: Path) -> None:
    ((_, _, advice),) = _found(tmp_path, PRICES, "relu")
    assert advice.startswith(
        "say data.target_scale: standard and leave the last layer's activation out;"
    )


def test_yes_and_no_without_a_bound(tmp_path: Path) -> None:
    ((kind, what, advice),) = _found(tmp_path, YES_AND_NO, "relu")
    assert kind == "unbounded classes"
    assert what == (
        "y: the answers are 0 or 1, but the last layer's relu knows no upper bound, and may get "
        "stuck at 0"
    )
    assert advice == "give the last layer activation: sigmoid, and take loss: binary_crossentropy"


@pytest.mark.parametrize(
    ("cells", "activation", "data", "loss"),
    [
        (PRICES, "linear", SCALED, "mean_squared_error"),
        (PRICES, "sigmoid", ", target_scale: minmax", "mean_squared_error"),
        (PRICES, "exponential", "", "poisson"),
        (SMALL, "relu", "", "mean_squared_error"),
        (SIGNED, "linear", "", "mean_squared_error"),
        (SHARES, "sigmoid", "", "mean_squared_error"),
        (YES_AND_NO, "sigmoid", "", "mean_squared_error"),
        (YES_AND_NO, "sigmoid", "", "binary_crossentropy"),
    ],
)
def test_what_fits_is_not_spoken_of(
    tmp_path: Path, cells: list[float], activation: str, data: str, loss: str
) -> None:
    assert _found(tmp_path, cells, activation, data, loss) == []


def test_an_autoencoder_gives_its_inputs(tmp_path: Path) -> None:
    rows = "".join(f"{n * 7 % 43},{n * 5 % 43}\n" for n in range(40))
    (tmp_path / "table.csv").write_text("a,b\n" + rows, encoding="utf-8")
    text = CONFIG.format(activation="sigmoid", data="", loss="mean_squared_error")
    text = text.replace("target: y, features: [x]", "target: inputs").replace("s: 1,", "s: 2,")
    (tmp_path / "c.yaml").write_text(text, encoding="utf-8")
    (odd,) = check(load(tmp_path / "c.yaml")).oddities
    assert odd.what == (
        "the inputs, which are the target: numbers from 0 to 42, but the last layer's sigmoid "
        "gives 0 to 1 only"
    )
    assert odd.advice == "leave the last layer's activation out, or say data.scale: minmax"
