"""nncli runs: listing, comparing, showing and removing run folders."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from nncli.api import runs
from nncli.runs.folder import RunFolder
from nncli.runs.lock import locked
from tests.cli.conftest import Run


@pytest.fixture
def three(run: Run) -> Path:
    """Train three runs that differ in optimizer and units."""
    changes = ([], ["-s", "optimizer=sgd"], ["-s", "layers.0.units=8", "--epochs", "2"])
    for change in changes:
        answer = run("train", "points.yaml", "-q", "--no-plots", *change)
        assert answer.code == 0, answer.errors
    return Path("runs")


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_list_in_the_order_of_their_start(run: Run, three: Path) -> None:
    answer = run("runs", "list")
    header, *lines = answer.output.splitlines()
    assert header.split()[:5] == ["run", "status", "started", "seconds", "epochs"]
    assert {"val_loss", "val_accuracy", "test_loss", "test_accuracy"} <= set(header.split())
    assert [line.split()[0] for line in lines] == ["points", "points-2", "points-3"]


def test_sorted_by_a_score_the_best_stands_first(run: Run, three: Path) -> None:
    for name, best in (("val_loss", min), ("test_accuracy", max)):
        rows = rows_of(run("runs", "list", "--sort-by", name, "--csv").output)
        values = [float(row[name]) for row in rows]
        assert values[0] == best(values)
        turned = rows_of(run("runs", "list", "--sort-by", name, "-r", "--csv").output)
        assert float(turned[-1][name]) == best(values)


def test_scores_are_those_of_results(run: Run, three: Path) -> None:
    results = json.loads((three / "points-2" / "results.json").read_text())
    (row,) = json.loads(run("runs", "list", "--where", "run=points-2", "--json").output)
    assert row["val_loss"] == results["validation"]["loss"]
    assert row["test_accuracy"] == results["test"]["accuracy"]


@pytest.mark.parametrize(
    ("conditions", "names"),
    [
        (["optimizer.type=adam"], ["points", "points-3"]),
        (["optimizer.type!=adam"], ["points-2"]),
        (["layers.0.units>4"], ["points-3"]),
        (["epochs<=2", "optimizer.type=adam"], ["points-3"]),
        (["shuffle=true"], ["points", "points-2", "points-3"]),
        (["epochs>100"], []),
    ],
)
def test_where(run: Run, three: Path, conditions: list[str], names: list[str]) -> None:
    flags = [part for condition in conditions for part in ("--where", condition)]
    rows = rows_of(run("runs", "list", *flags, "--csv").output)
    assert [row["run"] for row in rows] == names


def test_what_no_run_has_is_refused(run: Run, three: Path) -> None:
    answer = run("runs", "list", "--sort-by", "val_acuracy")
    assert answer.code == 2
    assert "no run has a value 'val_acuracy'; did you mean val_accuracy" in answer.errors
    answer = run("runs", "list", "--where", "epochs")
    assert answer.code == 2
    assert "--where epochs isn't a condition" in answer.errors
    assert run("runs", "list", "--csv", "--md").code == 2


def test_only_what_differs(run: Run, three: Path) -> None:
    answer = run("runs", "compare", "points", "points-3", "--md")
    lines = answer.output.splitlines()
    assert lines[0] == "|  | points | points-3 |"
    assert "| layers.0.units | 4 | 8 |" in lines
    assert not [line for line in lines if line.startswith("| optimizer")]
    everything = run("runs", "compare", "points", "points-3", "--all").output
    assert "optimizer.type" in everything
    header = run("runs", "list", "--only-changed").output.splitlines()[0].split()
    assert {"optimizer.type", "layers.0.units"} <= set(header)
    assert "batch_size" not in header


def test_show(run: Run, three: Path) -> None:
    answer = run("runs", "show", "points-3")
    assert "points-3: finished after 2 epochs" in answer.output
    assert "rows: 16 train, 4 validation, 4 test" in answer.output
    shown = json.loads(run("runs", "show", "points-3", "--json").output)
    assert shown["status"] == "finished"
    assert "weights/last.safetensors" in shown["files"]


def test_following_a_run_that_has_ended_prints_its_epochs(run: Run, three: Path) -> None:
    answer = run("runs", "show", "points-3", "--follow")
    assert [line.split()[:2] for line in answer.output.splitlines()] == [
        ["epoch", "1"],
        ["epoch", "2"],
    ]
    lines = run("runs", "show", "points-3", "--follow", "--json").output.splitlines()
    assert [json.loads(line)["epoch"] for line in lines] == [1, 2]


def test_rm_asks(run: Run, three: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("n\ny\n"))
    answer = run("runs", "rm", "points", "points-2")
    assert answer.code == 0
    assert sorted(path.name for path in three.iterdir()) == ["points", "points-3"]
    assert run("runs", "rm", "points", "--yes").code == 0
    assert [path.name for path in three.iterdir()] == ["points-3"]


def test_rm_leaves_what_is_no_run(run: Run, three: Path, tmp_path: Path) -> None:
    (three / "notes").mkdir()
    (three / "linked").symlink_to(three.resolve() / "points")
    for name in ("notes", "linked", "..", ".", "nothing"):
        answer = run("runs", "rm", name, "--yes")
        assert answer.code == 2, name
    assert (three / "notes").exists()
    assert (three / "points" / "run.json").exists()


def without_end(run: Path) -> None:
    """Let a run's record say what it says while the run trains, or after it was killed."""
    record = json.loads((run / "run.json").read_text(encoding="utf-8"))
    (run / "run.json").write_text(json.dumps(record | {"status": "running"}), encoding="utf-8")


def test_a_run_that_trains_is_not_removed(run: Run, three: Path) -> None:
    with locked(RunFolder(three / "points")):
        answer = run("runs", "rm", "points-2", "points", "--yes")
    assert (answer.code, answer.output) == (2, "")
    assert "Error: the run runs/points is being trained; end that first" in answer.errors
    assert (three / "points-2" / "run.json").exists()


def test_a_killed_run_is_removed(run: Run, three: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_end(three / "points")
    assert "killed" in run("runs", "list").output
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    answer = run("runs", "rm", "points")
    assert (answer.code, "(killed)" in answer.output) == (0, True)
    assert not (three / "points").exists()


def test_following_a_killed_run_ends(run: Run, three: Path) -> None:
    without_end(three / "points-3")
    answer = run("runs", "show", "points-3", "--follow", "--json")
    assert [json.loads(line)["epoch"] for line in answer.output.splitlines()] == [1, 2]
    assert answer.code == 1
    assert answer.errors == (
        "Error: the run runs/points-3 was killed: no process trains it any more; go on with it by "
        "`nncli train --resume runs/points-3`\n"
    )
    assert run("train", "--resume", "runs/points-3", "--epochs", "3", "-q").code == 0


def test_following_a_run_that_trains_waits_for_its_end(
    run: Run, three: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = (three / "points" / "run.json").read_bytes()
    without_end(three / "points")
    looks = []

    def look(seconds: float) -> None:
        looks.append(seconds)
        if len(looks) == 9:
            (three / "points" / "run.json").write_bytes(record)

    monkeypatch.setattr(runs, "sleep", look)
    with locked(RunFolder(three / "points")):
        assert run("runs", "show", "points", "--follow").code == 0
    assert len(looks) == 9


def test_damaged_runs_are_passed_over(run: Run, three: Path) -> None:
    (three / "points" / "run.json").write_text("{")
    (three / "points-2" / "results.json").write_text("[]")
    rows = rows_of(run("runs", "list", "--csv").output)
    assert [row["run"] for row in rows] == ["points-2", "points-3"]
    assert float(rows[0]["val_loss"]) > 0  # from metrics.csv


def test_no_runs(run: Run) -> None:
    assert run("runs", "list").code == 2
    Path("runs").mkdir()
    assert run("runs", "list").output == "no runs in runs\n"
