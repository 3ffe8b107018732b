"""Some of the altered run files of tests/stress/fuzz.py; `just stress` alters many more."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from nncli.api import restoring
from tests.stress.fuzz import fuzz


def test_altered_files_are_refused_or_make_no_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "load", restoring.load)  # put back what `fuzz` replaces
    outcomes, wrong = fuzz(tmp_path, 200, random.Random(0))
    assert not wrong
    assert outcomes["refused"] > 100
