from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from nncli.errors import RunError
from nncli.runs import record
from nncli.runs.folder import RunFolder, check_name, find


def make_run(runs_dir: Path, name: str, outcome: record.Outcome | None = "finished") -> RunFolder:
    run = RunFolder.create(runs_dir, name)
    record.begin(run.record, {})
    if outcome is not None:
        record.end(run.record, outcome, {})
    return run


def test_create_numbers_runs_of_one_name(tmp_path):
    runs_dir = tmp_path / "deep" / "runs"
    names = [RunFolder.create(runs_dir, "pima").name for _ in range(3)]
    assert names == ["pima", "pima-2", "pima-3"]
    assert sorted(path.name for path in runs_dir.iterdir()) == names


def test_runs_started_together_never_share_a_folder(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        runs = list(pool.map(lambda _: RunFolder.create(tmp_path, "pima"), range(40)))
    assert len({run.path for run in runs}) == 40


def test_a_file_in_the_way_counts_as_taken(tmp_path):
    (tmp_path / "pima").write_text("mine")
    assert RunFolder.create(tmp_path, "pima").name == "pima-2"
    assert (tmp_path / "pima").read_text() == "mine"


def test_create_where_it_can_not_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(RunError, match=r"can't make a run folder in .*--runs-dir"):
        RunFolder.create(tmp_path / "file", "pima")
    with pytest.raises(RunError, match=r"can't make a run folder in .*--runs-dir"):
        RunFolder.create(tmp_path / "file" / "runs", "pima")


def test_files_are_where_the_design_puts_them(tmp_path):
    run = RunFolder(tmp_path)
    names = [
        (run.config, "config.yaml"),
        (run.source_config, "config.source.yaml"),
        (run.record, "run.json"),
        (run.summary, "summary.txt"),
        (run.metrics, "metrics.csv"),
        (run.results, "results.json"),
        (run.splits, "splits.csv"),
        (run.preprocessing, "preprocessing.json"),
        (run.best_weights, "weights/best.safetensors"),
        (run.last_weights, "weights/last.safetensors"),
        (run.checkpoint, "checkpoint"),
        (run.plots, "plots"),
        (run.predictions, "predictions"),
        (run.evaluations, "evaluations"),
    ]
    for path, relative in names:
        assert path == tmp_path / relative


@pytest.mark.parametrize("name", ["pima", "Läufe 3", "a.b-c_d", "x" * 200, "実験"])
def test_good_names(name):
    check_name(name)


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("a/b", "'/'"),
        ("..", "dot"),
        (".", "dot"),
        (".hidden", "dot"),
        ("-x", "dash"),
        ("a\\b", "holds"),
        ("a:b", "':'"),
        ("a\nb", "printed"),
        ("a\x00b", "printed"),
        ("a\udcff", "printed"),
        ("end.", "dot"),
        ("x" * 201, "longer"),
        ("plots", "'plots' can't be the name of a run: `nncli plot` puts the pictures of several "),
        ("Plots", "puts the pictures of several runs there; give another with --name"),
        ("ü" * 101, "longer"),
    ],
)
def test_bad_names(tmp_path, name, problem):
    with pytest.raises(RunError, match=problem):
        RunFolder.create(tmp_path / "runs", name)
    assert not (tmp_path / "runs").exists()


def test_find_by_name_and_by_path(tmp_path, monkeypatch):
    run = make_run(tmp_path / "runs", "pima")
    assert find("pima", tmp_path / "runs") == run
    assert find(str(run.path), tmp_path / "elsewhere") == run
    monkeypatch.chdir(tmp_path)
    assert find("runs/pima", Path("runs")).path.resolve() == run.path


def test_a_name_in_runs_dir_goes_before_a_path(tmp_path, monkeypatch):
    run = make_run(tmp_path / "runs", "pima")
    make_run(tmp_path, "pima")
    monkeypatch.chdir(tmp_path)
    assert find("pima", Path("runs")).path.resolve() == run.path
    assert find("./pima", Path("nowhere")).path.resolve() == tmp_path / "pima"


def test_a_folder_that_is_no_run_does_not_hide_one(tmp_path, monkeypatch):
    (tmp_path / "runs" / "pima").mkdir(parents=True)
    run = make_run(tmp_path, "pima")
    monkeypatch.chdir(tmp_path)
    assert find("pima", Path("runs")).path.resolve() == run.path


def test_newest_is_the_last_that_ended_with_a_result(tmp_path):
    first = make_run(tmp_path, "z")
    second = make_run(tmp_path, "a", "interrupted")
    make_run(tmp_path, "failed", "failed")
    make_run(tmp_path, "running", None)
    RunFolder.create(tmp_path, "killed-before-its-record")
    broken = make_run(tmp_path, "broken")
    broken.record.write_text('{"status": ')
    assert find(None, tmp_path) == second
    record.end(first.record, "finished", {})
    assert find(None, tmp_path) == first


@pytest.mark.parametrize("runs_dir", ["missing", "empty", "file"])
def test_no_run_at_all(tmp_path, runs_dir):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("")
    with pytest.raises(RunError, match=r"no finished run in .*nncli train"):
        find(None, tmp_path / runs_dir)


def test_runs_without_a_result_are_counted(tmp_path):
    make_run(tmp_path, "a", None)
    make_run(tmp_path, "b", "failed")
    with pytest.raises(RunError, match="2 failed or still running"):
        find(None, tmp_path)


def test_near_names_are_suggested(tmp_path):
    make_run(tmp_path, "pima")
    make_run(tmp_path, "iris")
    with pytest.raises(RunError, match=r"no run 'pimma'.*did you mean 'pima'"):
        find("pimma", tmp_path)
    with pytest.raises(RunError, match=r"has iris, pima$"):
        find("xyz", tmp_path)


@pytest.mark.parametrize("run", ["x" * 5000, "a\x00b", ""])
def test_names_that_are_no_paths(tmp_path, run):
    with pytest.raises(RunError):
        find(run, tmp_path)


def test_a_folder_that_is_no_run(tmp_path):
    (tmp_path / "photos").mkdir()
    with pytest.raises(RunError, match=r"photos isn't a run folder: it has no run\.json"):
        find("photos", tmp_path)


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "{}", '{"status": "odd"}', '{"status": []}', "[" * 100_000, "\xff\xfe"],
)
def test_a_damaged_record(tmp_path, content):
    run = make_run(tmp_path, "pima")
    run.record.write_bytes(content.encode("latin-1"))
    with pytest.raises(RunError, match=r"run\.json is damaged"):
        find("pima", tmp_path)
