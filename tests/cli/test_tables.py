"""Real tables from the command line: mixed columns, odd rows, targets of several kinds."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.cli.conftest import Run

CONFIG = """\
seed: 1
data: {train: flats.csv, target: rent, test: 4, validation: 4, scale: standard, missing: drop}
layers: [{type: Dense, units: 1}]
loss: mean_squared_error
optimizer: adam
metrics: [mean_absolute_error]
epochs: 3
"""


@pytest.fixture
def flats(folder: Path) -> Path:
    towns = ("Rome", "Oslo", "Bonn")
    rows = [f"f{n},{n},{towns[n % 3]},{400 + 20 * n},{n % 2},{int(n > 9)}" for n in range(24)]
    (folder / "flats.csv").write_text("\n".join(["id,area,town,rent,cat,old", *rows]), "utf-8")
    (folder / "flats.yaml").write_text(
        CONFIG.replace("target: rent", "target: rent, drop: [id, cat, old]"), "utf-8"
    )
    return folder


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))


def test_predictions_and_scores_are_in_the_targets_own_units(run: Run, flats: Path) -> None:
    answer = run("train", "flats.yaml", "--no-plots", "-q", "-s", "data.target_scale=standard")
    assert answer[::2] == (0, "")
    rows = read(run("predict", "flats.csv", "--keep", "rent", "-o", "-").output)
    rents, predicted = (
        np.array([float(row[name]) for row in rows]) for name in ("rent", "predicted_rent")
    )
    assert 400 < predicted.mean() < 900
    record = Path(answer.output.strip(), "splits.csv").read_text("utf-8")
    test = [int(row["row"]) for row in read(record) if row["split"] == "test"]
    scores = json.loads(run("evaluate", "--json").output)["scores"]
    error = np.abs(rents - predicted)[test].mean()
    assert scores["mean_absolute_error"] == pytest.approx(error, rel=1e-5)
    assert scores["loss"] < 100  # in units of the deviation


def test_new_categories_and_missing_cells(run: Run, flats: Path) -> None:
    assert run("train", "flats.yaml", "--no-plots", "-q").code == 0
    (flats / "new.csv").write_text("town,area,id\nRome,5,a\n,6,b\nLima,7,c\nOslo,,d\n", "utf-8")
    answer = run("predict", "new.csv", "--keep", "id", "-o", "-")
    rows = read(answer.output)
    assert [row["id"] for row in rows] == ["a", "b", "c", "d"]
    assert [bool(row["predicted_rent"]) for row in rows] == [True, False, True, False]
    assert answer.errors == (
        "Warning: new.csv: 2 rows got no prediction because of a missing cell\n"
        "Warning: new.csv: 1 row with a category in column 'town' that the training rows don't "
        "have: 'Lima'\n"
    )
    table = (flats / "flats.csv").read_text("utf-8")
    (flats / "more.csv").write_text(table.replace("f3,3", "f3,").replace("Bonn", "Lima"), "utf-8")
    answer = run("evaluate", "--data", "more.csv", "--json")
    assert json.loads(answer.output)["count"] == 23
    assert "more.csv: 1 row left out because of a missing cell" in answer.errors


def test_several_columns_of_yes_and_no(run: Run, flats: Path) -> None:
    change = {
        "data": "{train: flats.csv, target: [cat, old], drop: [id], test: 4}",
        "layers": "[{type: Dense, units: 2, activation: sigmoid}]",
        "loss": "binary_crossentropy",
        "metrics": "[accuracy]",
    }
    flags = [text for key, value in change.items() for text in ("-s", f"{key}={value}")]
    assert run("train", "flats.yaml", "-q", *flags)[::2] == (0, "")
    rows = read(run("predict", "flats.csv", "-o", "-").output)
    assert list(rows[0]) == ["predicted_cat", "probability_cat", "predicted_old", "probability_old"]
    for row in rows:
        assert row["predicted_old"] == str(int(float(row["probability_old"]) > 0.5))
    (flats / "bad.csv").write_text((flats / "flats.csv").read_text("utf-8") + "\nx,1,Rome,1,2,0")
    answer = run("evaluate", "--data", "bad.csv")
    assert answer.code == 2
    assert "column 'cat' must hold true or false (or yes/no, 1/0), but line 26" in answer.errors


def test_an_autoencoder(run: Run, flats: Path) -> None:
    change = {
        "data": "{train: flats.csv, target: inputs, features: [area, town], test: 4}",
        "layers": "[{type: Dense, units: 4}, {type: Reshape, target_shape: [2, 2]}]",
    }
    flags = [text for key, value in change.items() for text in ("-s", f"{key}={value}")]
    assert run("train", "flats.yaml", "-q", *flags)[::2] == (0, "")
    rows = read(run("predict", "flats.csv", "-o", "-").output)
    assert list(rows[0])[:2] == ["predicted_area", "predicted_town=Bonn"]
    assert run("evaluate", "--data", "flats.csv").code == 0
    answer = run("train", "flats.yaml", *flags, "-s", "layers=[{type: Dense, units: 3}]")
    assert "the target is the inputs, 4 features, but the last layer has 3 units" in answer.errors


def test_several_files_and_standard_input(
    run: Run, flats: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    header, *rows = (flats / "flats.csv").read_text("utf-8").splitlines()
    for part, lines in enumerate((rows[:10], rows[10:])):
        (flats / f"part-{part}.csv").write_text("\n".join([header, *lines]), "utf-8")
    quiet = ("--no-plots", "-q", "-s")
    whole = run("train", "flats.yaml", *quiet, "name=whole").output.strip()
    parts = run(
        "train", "flats.yaml", *quiet, "data.train=part-*.csv", "-n", "parts"
    ).output.strip()
    piped = io.TextIOWrapper(io.BytesIO((flats / "flats.csv").read_bytes()))
    monkeypatch.setattr(sys, "stdin", piped)
    stream = run("train", "flats.yaml", *quiet, 'data.train="-"', "-n", "stream").output.strip()
    logs = {Path(folder, "metrics.csv").read_text("utf-8") for folder in (whole, parts, stream)}
    assert len(logs) == 1
    record = json.loads(Path(parts, "run.json").read_text("utf-8"))
    assert [file["rows"] for file in record["data"]] == [10, 14]
    assert run("evaluate", "parts", "-q").output == run("evaluate", "whole", "-q").output
    answer = run("evaluate", "stream")
    assert (answer.code, "trained on standard input" in answer.errors) == (2, True)
    (flats / "part-1.csv").write_text("\n".join([header, *rows[11:]]), "utf-8")
    assert "has changed since" in run("evaluate", "parts").errors
