"""nncli predict: files, streams, and the first rows."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_written_to_the_run_and_shown(run: Run, folder: Path, trained: str) -> None:
    answer = run("predict", "points.csv")
    assert (answer.code, answer.errors) == (0, "")
    written = f"{trained}/predictions/points.csv"
    rows = read((folder / written).read_text(encoding="utf-8"))
    assert rows[0] == ["class", "probability_up"]
    assert len(rows) == 25
    lines = answer.output.splitlines()
    assert lines[0] == f"run {trained}, best weights"
    assert [line.split() for line in lines[2:8]] == rows[:6]
    assert lines[8:] == ["... and 19 more", "", f"written to {written}"]


def test_rows_stay_in_order_with_kept_columns(run: Run, folder: Path, trained: str) -> None:
    table = read((folder / "points.csv").read_text(encoding="utf-8"))
    shuffled = [table[0], *reversed(table[1:])]
    text = "\n".join(",".join([*row[:3], "extra"]) for row in shuffled)
    (folder / "new.csv").write_text(text.replace("extra", "note", 1), encoding="utf-8")
    assert run("predict", "new.csv", "--keep", "id", "--proba", "-o", "out.csv").code == 0
    rows = read((folder / "out.csv").read_text(encoding="utf-8"))
    assert rows[0] == ["id", "class", "probability_down", "probability_up"]
    assert [row[0] for row in rows[1:]] == [f"r{n}" for n in reversed(range(24))]
    for _, label, down, up in rows[1:]:
        assert float(down) + float(up) == pytest.approx(1)
        assert label == ("up" if float(up) > 0.5 else "down")


def test_kept_column_named_like_the_answer(run: Run, folder: Path, trained: str) -> None:
    table = (folder / "points.csv").read_text(encoding="utf-8")
    (folder / "new.csv").write_text(table.replace("id", "class", 1), encoding="utf-8")
    rows = read(run("predict", "new.csv", "--keep", "class", "-o", "-").output)
    assert rows[0] == ["class", "predicted_class", "probability_up"]
    assert rows[1][0] == "r0"
    assert rows[1][1] in ("up", "down")


def test_column_kept_twice(run: Run, trained: str) -> None:
    answer = run("predict", "points.csv", "--keep", "id", "--keep", "id", "-o", "-")
    assert answer == (2, "", "Error: --keep id is given twice\n")


def test_threshold(run: Run, trained: str) -> None:
    all_up = read(run("predict", "points.csv", "--threshold", "0", "-o", "-").output)
    all_down = read(run("predict", "points.csv", "--threshold", "1", "-o", "-").output)
    assert {row[0] for row in all_up[1:]} == {"up"}
    assert {row[0] for row in all_down[1:]} == {"down"}


def test_streams(run: Run, folder: Path, trained: str, monkeypatch: pytest.MonkeyPatch) -> None:
    table = (folder / "points.csv").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(table)))
    streamed = run("predict", "-", "-o", "-")
    assert streamed.code == 0
    run("predict", "points.csv", "-o", "file.csv")
    assert streamed.output == (folder / "file.csv").read_text(encoding="utf-8")


def test_a_table_that_is_refused_streams_nothing(run: Run, folder: Path, trained: str) -> None:
    (folder / "new.csv").write_text("x,y\n1,oops\n", encoding="utf-8")
    answer = run("predict", "new.csv", "-o", "-")
    assert (answer.code, answer.output) == (2, "")
    assert "'oops'" in answer.errors


def test_json_and_quiet(run: Run, trained: str) -> None:
    written = f"{trained}/predictions/points.csv"
    assert json.loads(run("predict", "points.csv", "--json").output) == {
        "run": trained,
        "weights": "best",
        "rows": 24,
        "written": written,
    }
    assert run("predict", "points.csv", "-q").output == f"{written}\n"
    assert run("predict", "points.csv", "--json", "-o", "-").code == 2


def test_missing_columns_are_all_named(run: Run, folder: Path, trained: str) -> None:
    (folder / "new.csv").write_text("z\n1\n", encoding="utf-8")
    answer = run("predict", "new.csv")
    assert (answer.code, answer.output) == (2, "")
    assert "x" in answer.errors
    assert "y" in answer.errors
    assert not (folder / trained / "predictions").exists()


def test_table_is_never_its_own_answer(run: Run, folder: Path, trained: str) -> None:
    before = (folder / "points.csv").read_bytes()
    answer = run("predict", "points.csv", "-o", "./points.csv")
    assert answer.code == 2
    assert "is the table itself" in answer.errors
    assert (folder / "points.csv").read_bytes() == before
