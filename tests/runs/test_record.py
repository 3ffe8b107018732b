from __future__ import annotations

import json
from datetime import datetime

import pytest

from nncli.errors import RunError
from nncli.runs import record


def test_a_run_is_running_until_it_ends(tmp_path):
    path = tmp_path / "run.json"
    record.begin(path, {"seed": 42})
    started = json.loads(path.read_text())
    assert (started["status"], started["seed"]) == ("running", 42)
    assert not record.ended_with_result(started)

    record.end(path, "finished", {"best_epoch": 7})
    ended = json.loads(path.read_text())
    assert (ended["status"], ended["seed"], ended["best_epoch"]) == ("finished", 42, 7)
    assert datetime.fromisoformat(started["started"]) <= datetime.fromisoformat(ended["ended"])
    assert record.ended_with_result(ended)


@pytest.mark.parametrize(
    ("status", "expected"),
    [("running", False), ("failed", False), ("interrupted", True), ("finished", True)],
)
def test_which_runs_have_a_result(status, expected):
    assert record.ended_with_result({"status": status, "ended": "2026"}) is expected


def test_a_record_that_claims_a_result_but_no_time_is_damaged(tmp_path):
    path = tmp_path / "run.json"
    path.write_text('{"status": "finished"}')
    with pytest.raises(RunError, match="damaged"):
        record.read_record(path)
