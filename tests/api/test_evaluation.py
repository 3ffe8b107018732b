"""Evaluating a run: on the tables that it knows, and beside what was found before."""

from pathlib import Path

import pytest

from nncli.api.evaluation import evaluate
from nncli.api.training import train
from nncli.config.loading import load
from nncli.errors import DataError
from nncli.runs.folder import RunFolder

CONFIG = """\
data: {train: train.csv, test: test.csv, validation: 4, target: y}
layers: [{type: Dense, units: 1}]
loss: mean_squared_error
optimizer: adam
epochs: 3
callbacks: [{type: early_stopping, min_delta: 100, patience: 1, restore_best_weights: true}]
"""


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    for name, factor in (("train", 1), ("test", 2)):
        rows = "".join(f"{x},{factor * x}\n" for x in range(12))
        (tmp_path / f"{name}.csv").write_text("x,y\n" + rows, encoding="utf-8")
    (tmp_path / "c.yaml").write_text(CONFIG, encoding="utf-8")
    outcome = train(load(tmp_path / "c.yaml"), runs_dir=tmp_path / "runs", plots=False)
    assert outcome.results["weights_epoch"] == outcome.results["best_epoch"]
    return outcome.run


def test_weights_that_were_brought_back_are_of_their_own_epoch(
    run: RunFolder, tmp_path: Path
) -> None:
    loss = CONFIG.replace("validation: 4, ", "").replace("min_delta", "monitor: loss, min_delta")
    (tmp_path / "loss.yaml").write_text(loss, encoding="utf-8")
    outcome = train(load(tmp_path / "loss.yaml"), runs_dir=tmp_path / "runs", plots=False)
    assert outcome.history.epochs == 2
    assert outcome.results["weights"] == "last"
    assert outcome.results["weights_epoch"] == 1


def test_tables_that_have_changed_places_are_noticed(run: RunFolder, tmp_path: Path) -> None:
    assert evaluate(run).rows == "test"
    content = (tmp_path / "train.csv").read_bytes()
    (tmp_path / "train.csv").write_bytes((tmp_path / "test.csv").read_bytes())
    (tmp_path / "test.csv").write_bytes(content)
    with pytest.raises(DataError, match=r"has changed since c was trained"):
        evaluate(run)


def test_no_evaluation_takes_the_place_of_another(run: RunFolder, tmp_path: Path) -> None:
    table = tmp_path / "test.csv"
    outcomes = [
        evaluate(run),
        evaluate(run, weights="last"),
        evaluate(run, data=table),
        evaluate(run, data=table),
    ]
    names = [outcome.written.name for outcome in outcomes]
    assert names == ["test_best.json", "test_last.json", "table_test_best.json",
                     "table_test_best_2.json"]  # fmt: skip
    assert evaluate(run).written == outcomes[0].written
