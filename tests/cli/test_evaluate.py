"""nncli evaluate on a run that was just trained."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_newest_run_on_its_test_rows(run: Run, folder: Path, trained: str) -> None:
    results = json.loads((folder / trained / "results.json").read_text(encoding="utf-8"))
    answer = run("evaluate")
    assert (answer.code, answer.errors) == (0, "")
    lines = answer.output.splitlines()
    assert lines[0] == f"run {trained}, best weights, 4 test rows"
    assert lines[2].split() == ["test", "baseline"]
    accuracy, baseline = results["test"]["accuracy"], results["baseline"]["test"]["accuracy"]
    assert lines[4].split() == ["accuracy", f"{accuracy:.4f}", f"{baseline:.4f}"]
    assert lines[-1] == f"written to {trained}/evaluations/test_best.json"


def test_json(run: Run, folder: Path, trained: str) -> None:
    results = json.loads((folder / trained / "results.json").read_text(encoding="utf-8"))
    facts = json.loads(run("evaluate", "points", "--json").output)
    assert facts.pop("breakdown").keys() == {"by class", "by threshold, up being positive"}
    assert facts == {
        "run": trained,
        "weights": "best",
        "rows": "test",
        "count": 4,
        "scores": results["test"],
        "baseline": results["baseline"]["test"],
    }


def test_table_of_its_own(run: Run, trained: str) -> None:
    lines = run("evaluate", "--data", "points.csv", "--weights", "last").output.splitlines()
    assert lines[0] == f"run {trained}, last weights, 24 rows of points.csv"


def test_quiet_prints_the_table_alone(run: Run, trained: str) -> None:
    assert len(run("evaluate", "-q").output.splitlines()) == 3


def test_changed_table_is_refused(run: Run, folder: Path, trained: str) -> None:
    table = folder / "points.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("down", "up", 1), encoding="utf-8")
    answer = run("evaluate")
    assert answer.code == 2
    assert "points.csv has changed since points was trained on it" in answer.errors


def test_paths_are_shown_without_detours(run: Run, folder: Path, trained: str) -> None:
    (folder / "points.csv").unlink()
    assert run("evaluate").errors.startswith("Error: points.csv doesn't exist")


def test_table_without_the_target(run: Run, folder: Path, trained: str) -> None:
    (folder / "new.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    answer = run("evaluate", "--data", "new.csv")
    assert answer.code == 2
    assert answer.errors.startswith("Error: new.csv lacks column kind")
    assert "`nncli predict` takes the table" in answer.errors


@pytest.mark.parametrize("command", [["evaluate", "--data"], ["predict"]])
def test_table_written_otherwise_than_the_run_reads(
    run: Run, folder: Path, trained: str, command: list[str]
) -> None:
    (folder / "new.csv").write_text("x;y;kind\n1;2;up\n", encoding="utf-8")
    answer = run(*command, "new.csv")
    assert answer == (
        2,
        "",
        "Error: new.csv has a single column when split at ','; its cells seem to be separated by "
        "';'; the run was trained with delimiter: ',', so convert the table to that\n",
    )


def test_damaged_runs(run: Run, folder: Path, trained: str) -> None:
    for name in ("splits.csv", "preprocessing.json"):
        with (folder / trained / name).open("a", encoding="utf-8") as file:
            file.write(" ")
        assert run("evaluate").errors == (
            f"Error: runs/points/{name} is damaged: by its checksum in run.json, it isn't what was "
            "written\n"
        )
    config = folder / trained / "config.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace("tanh", "relu"), encoding="utf-8")
    assert "isn't what the run was trained with: layers[0].activation" in run("evaluate").errors
    (folder / trained / "config.yaml").unlink()
    for command in ("evaluate", "summary"):
        answer = run(command, "points")
        assert answer.code == 2
        assert "the run runs/points is damaged: there is no file runs/points/" in answer.errors


def test_links_out_of_a_run_are_not_followed(run: Run, folder: Path, trained: str) -> None:
    (folder / "elsewhere").mkdir()
    (folder / trained / "evaluations").symlink_to(folder / "elsewhere")
    answer = run("evaluate", "points")
    assert answer.code == 2
    assert answer.errors.startswith("Error: runs/points/evaluations is a link; nncli writes only")
    assert not list((folder / "elsewhere").iterdir())


def test_without_runs(run: Run) -> None:
    answer = run("evaluate")
    assert answer.code == 2
    assert answer.errors.startswith("Error: there is no finished run in runs; make one with ")


def test_name_that_is_nearly_right(run: Run, trained: str) -> None:
    answer = run("evaluate", "point")
    assert answer.code == 2
    assert "'points'" in answer.errors


def test_a_split_of_its_own(run: Run, trained: str) -> None:
    shown = json.loads(run("evaluate", "--split", "train", "--json").output)
    assert (shown["rows"], shown["count"]) == ("train", 16)
    answer = run("evaluate", "--split", "train", "--data", "points.csv")
    assert answer.code == 2
    assert "--split is of the run's own rows" in answer.errors


def test_classes_and_thresholds(run: Run, trained: str) -> None:
    answer = run("evaluate")
    assert "\nby class\nclass  precision  recall      f1  rows\n" in answer.output
    assert "\nby threshold, up being positive\n" in answer.output
    breakdown = json.loads(run("evaluate", "--json").output)["breakdown"]
    assert [row["class"] for row in breakdown["by class"]] == ["down", "up"]
    assert sum(row["rows"] for row in breakdown["by class"]) == 4
