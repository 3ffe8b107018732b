"""nncli init: each table becomes a config that trains as it stands."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import yaml

from tests.cli.conftest import Run

DATA = Path(__file__).parents[2] / "configs" / "data"

SAID = """\
predicts    kind: 2 classes, down (50%), up (50%)
from        2 columns: numbers (x, y)
leaves out  id: an id
note        y taken for an amount; if its numbers only name kinds, say data.columns: {y: {type:
            categorical}}
holds out   a fifth of the rows to test on, a fifth of the rest to stop by
network     Dense 32, 32, 1; batches of 16, up to 300 epochs until val_loss no longer falls

wrote config.yaml; next:

  nncli check config.yaml
  nncli train config.yaml
"""


@pytest.fixture
def table(folder: Path) -> Path:
    rows = [f"r{n},{n / 10},{n % 5},{'up' if n >= 30 else 'down'}" for n in range(60)]
    path = folder / "table.csv"
    path.write_text("\n".join(["id,x,y,kind", *rows]) + "\n", encoding="utf-8")
    return path


def test_says_what_it_decided_and_what_comes_next(run: Run, table: Path, folder: Path) -> None:
    answer = run("init", "table.csv", "--target", "kind")
    assert (answer.code, answer.output, answer.errors) == (0, SAID, "")
    written = (folder / "config.yaml").read_text(encoding="utf-8")
    assert written.startswith("# yaml-language-server: $schema=nncli.schema.json\n# From table.csv")
    assert "drop: [id]                                    # id: an id" in written
    assert yaml.safe_load(written)["data"]["drop"] == ["id"]


@pytest.mark.parametrize(
    ("name", "target", "metric", "bound"),
    [
        ("penguins.csv", "species", "accuracy", 0.9),
        ("auto-mpg.csv", "mpg", "r2_score", 0.8),
        ("breast_cancer.csv", "diagnosis", "accuracy", 0.9),
        ("pima-indians-diabetes.csv", "8", "auc", 0.75),
        ("iris.csv", "species", "accuracy", 0.85),
    ],
)
def test_trains_as_it_stands(
    run: Run, folder: Path, name: str, target: str, metric: str, bound: float
) -> None:
    """The bounds leave room below what scikit-learn's MLPs reach on such splits."""
    shutil.copy(DATA / name, folder)
    assert run("init", name, "--target", target).code == 0
    answer = run("train", "config.yaml", "--json", "--no-plots", "--progress", "none")
    assert answer.code == 0, answer.errors
    assert json.loads(answer.output.splitlines()[-1])["test"][metric] > bound


def test_pixels_become_pictures(run: Run, folder: Path) -> None:
    shutil.copy(DATA / "digits.csv.gz", folder)
    assert run("init", "digits.csv.gz", "--target", "digit").code == 0
    config = (folder / "config.yaml").read_text(encoding="utf-8")
    assert "  - {type: Reshape, target_shape: [8, 8, 1]}" in config
    assert "  - {type: Rescaling, scale: 1/16}\n" in config
    answer = run("train", "config.yaml", "--epochs", "3", "--json", "--no-plots")
    assert json.loads(answer.output.splitlines()[-1])["test"]["accuracy"] > 0.8


def test_table_without_names(run: Run, folder: Path) -> None:
    rows = [f"{n / 7:.2f};{n % 3};{n % 2}" for n in range(30)]
    (folder / "bare.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert run("init", "bare.csv", "-t", "2", "-o", "sub.yaml").code == 0
    data = yaml.safe_load((folder / "sub.yaml").read_text(encoding="utf-8"))["data"]
    assert data == {
        "train": "bare.csv",
        "header": False,
        "delimiter": ";",
        "target": 2,
        "scale": "standard",
    }
    assert run("train", "sub.yaml", "--epochs", "2", "-q", "--no-plots").code == 0


def test_decimal_commas(run: Run, folder: Path) -> None:
    rows = [f"{n % 7},5;{n % 3};{n % 2}" for n in range(60)]
    (folder / "german.csv").write_text("\n".join(["a;b;y", *rows]) + "\n", encoding="utf-8")
    assert run("init", "german.csv", "-t", "y").code == 0
    data = yaml.safe_load((folder / "config.yaml").read_text(encoding="utf-8"))["data"]
    assert (data["delimiter"], data["decimal"], data.get("drop")) == (";", ",", None)
    assert run("train", "config.yaml", "--epochs", "1", "-q", "--no-plots").code == 0


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_tables_that_are_not_utf8(run: Run, folder: Path, encoding: str) -> None:
    rows = [f"{n % 7},{('Köln', 'Bonn')[n % 2]},{n % 3}" for n in range(60)]
    (folder / "towns.csv").write_text("\n".join(["a,town,y", *rows]) + "\n", encoding=encoding)
    said = run("init", "towns.csv", "-t", "y")
    assert f"the table isn't UTF-8, read as {encoding}" in said.output
    data = yaml.safe_load((folder / "config.yaml").read_text(encoding="utf-8"))["data"]
    assert data["encoding"] == encoding
    assert run("train", "config.yaml", "--epochs", "1", "-q", "--no-plots").code == 0
    written = (folder / "runs" / "towns" / "preprocessing.json").read_text(encoding="utf-8")
    assert "Köln" in written


def test_numbers_that_no_network_takes(run: Run, folder: Path) -> None:
    rows = [f"{n * 7 % 61},{n * 11 % 61},{n * 13 % 61},{n % 3}" for n in range(60)]
    table = ["a,b,c,y", *rows, "1,inf,1e300,1", "2,-inf,-1e300,2"]
    (folder / "t.csv").write_text("\n".join(table) + "\n", encoding="utf-8")
    said = run("init", "t.csv", "-t", "y")
    assert (said.code, said.errors) == (0, "")
    assert "leaves out  b: holds infinite numbers\n" in said.output
    assert "            c: holds numbers beyond float32, as 1e+300\n" in said.output
    assert run("check", "config.yaml").code == 0


def test_arrays(run: Run, folder: Path) -> None:
    x = np.random.default_rng(0).normal(size=(60, 4))
    np.savez(folder / "xy.npz", x=x, y=x[:, 0] > 0)
    np.save(folder / "rows.npy", x)
    assert "y: 2 classes" in run("init", "xy.npz", "-t", "y", "-o", "xy.yaml").output
    assert "3: numbers from" in run("init", "rows.npy", "-t", "3", "-o", "rows.yaml").output
    for config in ("xy.yaml", "rows.yaml"):
        assert run("train", config, "-q", "--no-plots", "--epochs", "2").code == 0


def test_parquet(run: Run, folder: Path) -> None:
    pyarrow, parquet = (pytest.importorskip(name) for name in ("pyarrow", "pyarrow.parquet"))
    columns = {"x": range(60), "town": ["Oslo", "Rome", None] * 20, "y": ["a", "b"] * 30}
    parquet.write_table(pyarrow.table(columns), folder / "t.parquet")
    answer = run("init", "t.parquet", "-t", "y")
    assert "cells of town (20): filled in" in answer.output, answer.errors
    assert run("train", "config.yaml", "-q", "--no-plots", "--epochs", "2").code == 0


def test_three_rows_are_all_trained_on(run: Run, folder: Path) -> None:
    (folder / "t.csv").write_text("x,y\n1,a\n2,b\n3,a\n", encoding="utf-8")
    answer = run("init", "t.csv", "-t", "y")
    assert "holds out  nothing: with so few rows all are trained on" in answer.output
    assert run("train", "config.yaml", "-q", "--no-plots", "--epochs", "2").code == 0


def test_paths_start_at_the_config(run: Run, table: Path, folder: Path) -> None:
    (folder / "configs").mkdir()
    assert run("init", "table.csv", "-t", "kind", "-o", "configs/a.yaml").code == 0
    assert "train: ../table.csv\n" in (folder / "configs" / "a.yaml").read_text(encoding="utf-8")
    assert run("train", "configs/a.yaml", "--epochs", "1", "-q", "--no-plots").code == 0


def test_config_on_standard_output(run: Run, table: Path, folder: Path) -> None:
    answer = run("init", "table.csv", "-t", "kind", "-o", "-")
    assert yaml.safe_load(answer.output)["loss"] == "binary_crossentropy"
    assert not (folder / "config.yaml").exists()


def test_several_targets(run: Run, table: Path) -> None:
    answer = run("init", "table.csv", "-t", "x", "-t", "y", "-o", "-")
    config = yaml.safe_load(answer.output)
    assert config["data"]["target"] == ["x", "y"]
    assert config["layers"][-1] == {"type": "Dense", "units": 2}


def test_a_run_is_not_called_like_the_folder_of_pictures(run: Run, table: Path) -> None:
    answer = run("init", str(table.rename("plots.csv")), "-t", "kind", "-o", "-")
    assert yaml.safe_load(answer.output)["name"] == "run"


def test_never_writes_over_a_file_unless_told(run: Run, table: Path, folder: Path) -> None:
    (folder / "config.yaml").write_text("mine", encoding="utf-8")
    answer = run("init", "table.csv", "-t", "kind")
    assert answer.code == 2
    assert answer.errors == (
        "Error: config.yaml is there already; write over it with --force, or name another file "
        "with -o\n"
    )
    assert (folder / "config.yaml").read_text(encoding="utf-8") == "mine"
    assert run("init", "table.csv", "-t", "kind", "--force").code == 0
    assert (folder / "config.yaml").read_text(encoding="utf-8") != "mine"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["table.csv", "-t", "kin"],
            "table.csv: there is no column 'kin'; did you mean 'kind'? "
            "The columns are id, x, y, kind",
        ),
        (
            ["table.csv"],
            "table.csv: which column is to be predicted? Name it with --target:\n"
            "  id: 60 different texts, as 'r0'\n"
            "  x: 60 different numbers, 0 to 5.9\n"
            "  y: 5 different numbers, 0 to 4\n"
            "  kind: 2 different texts, as 'down'",
        ),
        (
            ["table.csv", "-t", "id"],
            "table.csv: the target column 'id' holds 60 different texts in 60 rows, too many for "
            "classes; is it the right column?",
        ),
        (["none.tsv", "-t", "x"], "none.tsv doesn't exist"),
        (["-", "-t", "x"], "init takes a file, since the config has to name it"),
        (["table.csv", "-t", "x", "-o", "."], ". is a folder; name a file, as in -o config.yaml"),
    ],
)
def test_what_cannot_be_done_is_said(
    run: Run, table: Path, folder: Path, arguments: list[str], message: str
) -> None:
    answer = run("init", *arguments)
    assert (answer.code, answer.output, answer.errors) == (2, "", f"Error: {message}\n")
    assert not (folder / "config.yaml").exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("y\n1\n2\n3\n", "t.csv: no column is left to predict y from"),
        (
            "x,y\n1,2\n2,2\n3,2\n",
            "t.csv: the target column 'y' holds the same in every row; there is nothing to learn",
        ),
        ("x,y\n1,\n2,NA\n", "t.csv: the target column 'y' is empty; there is nothing to learn"),
        (
            "x,y\n1,aa\n2,bb\n3,cc\n",
            "t.csv: the target column 'y' holds 3 different texts in 3 rows, too many for classes; "
            "is it the right column?",
        ),
        ("x,y\n", "t.csv has a header but no rows"),
    ],
)
def test_targets_that_teach_nothing(run: Run, folder: Path, text: str, message: str) -> None:
    (folder / "t.csv").write_text(text, encoding="utf-8")
    answer = run("init", "t.csv", "-t", "y")
    assert (answer.code, answer.output, answer.errors) == (2, "", f"Error: {message}\n")
