"""nncli train --dry-run: every stage, and nothing left behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nncli.cli.app import with_counts
from tests.cli.conftest import Run


@pytest.mark.parametrize("flag", [["--dry-run"], ["--dry-run", "2"], ["--dry-run=1"]])
def test_every_stage_is_tried_and_nothing_written(run: Run, folder: Path, flag: list[str]) -> None:
    before = sorted(folder.rglob("*"))
    answer = run("train", "points.yaml", *flag)
    assert (answer.code, answer.errors) == (0, "")
    title, _, header, *rows = answer.output.splitlines()
    assert title.startswith("dry run: up to ")
    assert header.split() == ["train", "validation", "test"]
    assert [row.split()[0] for row in rows] == ["loss", "accuracy"]
    assert sorted(folder.rglob("*")) == before


def test_mistakes_are_found(run: Run) -> None:
    answer = run("train", "points.yaml", "--dry-run", "-s", "layers.1.units=3")
    assert answer.code == 2
    assert "layers[1]" in answer.errors


def test_scores_as_json(run: Run) -> None:
    scores = json.loads(run("train", "points.yaml", "--dry-run", "1", "--json").output)
    assert list(scores) == ["train", "validation", "test"]


def test_the_number_may_be_left_out() -> None:
    assert with_counts(["train", "--dry-run", "c.yaml"]) == ["train", "--dry-run=3", "c.yaml"]
    assert with_counts(["train", "--dry-run", "5"]) == ["train", "--dry-run", "5"]
    assert with_counts(["train", "c.yaml", "--dry-run"]) == ["train", "c.yaml", "--dry-run=3"]
