"""Configs with several mistakes each, and in full what `nncli train` says of them (broken/*.txt).

All mistakes are said at once: those of the schema, and what the table, the layers' shapes, the
loss, the metrics and the callbacks make of the parts that are valid.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run

BROKEN = Path(__file__).parent / "broken"


@pytest.mark.parametrize("name", sorted(path.stem for path in BROKEN.glob("*.yaml")))
def test_every_mistake_is_said(run: Run, folder: Path, name: str) -> None:
    shutil.copy(BROKEN / f"{name}.yaml", folder)
    answer = run("train", f"{name}.yaml")
    assert (answer.code, answer.output) == (2, "")
    assert answer.errors == (BROKEN / f"{name}.txt").read_text(encoding="utf-8")
    assert not (folder / "runs").exists()
