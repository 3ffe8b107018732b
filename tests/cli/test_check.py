"""nncli check: what is wrong with a config, and what is odd about its table."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from nncli.data.sources.delimited import DelimitedFile
from nncli.data.sources.table import Table
from tests.cli.conftest import Run
from tests.cli.test_init import DATA

ODD = """\
look at  same: the same in every row; leave it out with data.drop: [same]
         copy: says the same as the target kind; leave it out with data.drop: [copy]
         6 training rows with the features and target of another, the first in line 32 of
         odd.csv; if they are there twice by mistake, delete them; they count twice
         4 test rows that training rows repeat, the first in line 38 of odd.csv; delete copies
         from the table: scores on rows that were trained on look too good

odd.yaml: no mistakes; 4 to look at; next:

  nncli train odd.yaml
"""


@pytest.fixture
def odd(folder: Path) -> Path:
    kinds = [("up", "down")[n % 2] for n in range(40)]
    rows = [f"{n % 10},7,{kinds[n][0]},{kinds[n]}" for n in range(10)]
    rows += [f"{n * 3},7,{kinds[n][0]},{kinds[n]}" for n in range(10, 30)]
    rows += rows[:6] + rows[10:14]
    table = "\n".join(["x,same,copy,kind", *rows]) + "\n"
    (folder / "odd.csv").write_text(table, encoding="utf-8")
    config = (folder / "points.yaml").read_text(encoding="utf-8")
    data = "data: {train: odd.csv, target: kind, test: 4, split: last}\n"
    lines = [data if line.startswith("data:") else line for line in config.splitlines(True)]
    path = folder / "odd.yaml"
    path.write_text("".join(lines), encoding="utf-8")
    return path


def test_says_what_is_odd_and_what_to_do(run: Run, odd: Path) -> None:
    answer = run("check", "odd.yaml")
    assert (answer.code, answer.errors) == (0, "")
    assert answer.output.endswith(ODD)
    assert "rows     36 train, 4 test\n" in answer.output
    assert "classes  up: 20 (50%)\n         down: 20 (50%)\n" in answer.output
    assert "columns  x: 30 different numbers, 0 to 87\n" in answer.output
    assert " Total params: " in answer.output


def test_one_object_of_json(run: Run, odd: Path) -> None:
    found = json.loads(run("check", "odd.yaml", "--json").output)
    assert found["ok"] is True
    assert found["rows"] == {"train": 36, "test": 4}
    kinds = [warning["kind"] for warning in found["warnings"]]
    assert kinds == ["constant", "copy", "duplicates", "leak"]
    assert found["warnings"][1]["columns"] == ["copy"]


def test_rows_left_out_and_categories_never_seen(run: Run, odd: Path, folder: Path) -> None:
    rows = [f"{n},{('Oslo', 'Rome')[n % 3 > 0]},{n % 2}" for n in range(20)]
    table = ["x,town,kind", *rows, ",Rome,1", "5.5,Bonn,0", "9.5,Paris,1"]
    (folder / "odd.csv").write_text("\n".join(table) + "\n", encoding="utf-8")
    changes = ("test=2", "missing=drop", "columns.town={type: categorical}")
    odd_town = ("check", "odd.yaml", *(word for c in changes for word in ("-s", f"data.{c}")))
    said = " ".join(run(*odd_town).output.split())
    assert (
        "look at odd.csv: 1 row left out because of a missing cell; to keep them, fill the cells "
        "in with data.missing: indicator (or median, mean, most_frequent) instead of drop, or "
        "leave out columns that lack many "
        "odd.csv: 2 rows with a category in column 'town' that the training rows don't have: "
        "'Bonn', 'Paris'; mend those that are misspelt; to have the others learnt as rare ones, "
        "say data.columns: {town: {type: categorical, min_rows: 5}} "
    ) in said
    found = json.loads(run(*odd_town, "-s", "data.columns.town.min_rows=8", "--json").output)
    assert [each["kind"] for each in found["warnings"]] == ["left out rows", "unseen categories"]
    assert found["warnings"][1]["advice"].endswith("the others count as the rare ones do")


def test_the_table_is_read_once(
    run: Run, odd: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads, chunks = [], DelimitedFile.chunks

    def counting(self: DelimitedFile, *columns: Sequence[int]) -> Iterator[Table]:
        reads.append(columns)
        return chunks(self, *columns)

    monkeypatch.setattr(DelimitedFile, "chunks", counting)
    numbers = [f"{n},{n % 2}" for n in range(20)]
    (folder / "odd.csv").write_text("\n".join(["x,kind", *numbers]) + "\n", encoding="utf-8")
    answer = run("check", "odd.yaml")
    assert answer.output.endswith("odd.yaml: no mistakes; next:\n\n  nncli train odd.yaml\n")
    assert len(reads) == 1


def test_pimas_zeros(run: Run, folder: Path) -> None:
    shutil.copy(DATA / "pima-indians-diabetes.csv", folder)
    assert run("init", "pima-indians-diabetes.csv", "-t", "8").code == 0
    output = run("check", "config.yaml").output
    assert "zeros in 1 (5), 2 (35), 3 (227), 4 (374), 5 (11), while no other" in output


def test_mistakes_are_those_of_train(run: Run, odd: Path) -> None:
    wrong = ("odd.yaml", "-s", "data.target=kin", "-s", "epochs=0")
    checked, trained = run("check", *wrong), run("train", *wrong)
    assert (checked.code, checked.output) == (2, "")
    assert checked.errors == trained.errors
    found = json.loads(run("check", *wrong, "--json").output)
    assert found["ok"] is False
    assert {error["path"] for error in found["errors"]} == {"data.target", "epochs"}


def test_copies_in_standard_input(
    run: Run, odd: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (folder / "odd.csv").open(encoding="utf-8") as table:
        monkeypatch.setattr("sys.stdin", table)
        answer = run("check", "odd.yaml", "-s", "data.train='-'")
    assert "the first in row 31 of standard input" in " ".join(answer.output.split()), answer.errors


def test_without_the_table(run: Run, odd: Path, folder: Path) -> None:
    (folder / "odd.csv").unlink()
    assert run("check", "odd.yaml").code == 2
    answer = run("check", "odd.yaml", "--no-data")
    assert (answer.code, answer.output) == (
        0,
        "odd.yaml: no mistakes; next:\n\n  nncli train odd.yaml\n",
    )


def test_features_that_have_their_places_are_not_to_be_dropped(
    run: Run, odd: Path, folder: Path
) -> None:
    cells = [[n * (3 + 2 * place) % 23 for place in range(3)] for n in range(20)]
    rows = [f"{a},{b},{c},7,{n % 2}" for n, (a, b, c) in enumerate(cells)]
    (folder / "odd.csv").write_text("\n".join(["p0,p1,p2,p3,kind", *rows]) + "\n", encoding="utf-8")
    config = odd.read_text(encoding="utf-8")
    assert "p3: the same in every row" in run("check", "odd.yaml").output
    layers = "layers:\n  - {type: Reshape, target_shape: [2, 2]}\n  - {type: Flatten}\n"
    odd.write_text(config.replace("layers:\n", layers), encoding="utf-8")
    answer = run("check", "odd.yaml")
    assert (answer.code, "look at" in answer.output) == (0, False), answer.output


def test_a_rare_class_is_scored_by_what_finds_it(run: Run, folder: Path) -> None:
    rows = [f"{n * 7 % 101},{int(n % 20 == 0)}" for n in range(400)]
    (folder / "rare.csv").write_text("\n".join(["x,fraud", *rows]) + "\n", encoding="utf-8")
    assert run("init", "rare.csv", "-t", "fraud").code == 0
    config = (folder / "config.yaml").read_text(encoding="utf-8")
    assert "metrics: [accuracy, auc, precision, recall]" in config
    advice = "metrics: [auc, precision, recall]"
    assert advice not in " ".join(run("check", "config.yaml").output.split())
    fewer = run("check", "config.yaml", "-s", "metrics=[accuracy]").output
    assert advice in " ".join(fewer.split())
