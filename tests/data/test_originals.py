"""Rows of a table as they stand there, against the file itself."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from nncli.data.originals import original_cells
from nncli.data.sources import delimited
from nncli.data.sources.dialect import Dialect
from tests.data.test_preprocessing import MIXED, prepared

ID = "name," + MIXED.replace("\n", "\nn 1,", 4)


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("rows", [[2, 0, 3], [1]])
def test_cells_are_those_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: bool, rows: list[int]
) -> None:
    monkeypatch.setattr(delimited, "LARGE", 0 if large else 1 << 30)
    monkeypatch.setattr(delimited, "CHUNK_CELLS", 12)
    data = prepared(tmp_path, ID, missing="indicator", drop=["name"])
    path = tmp_path / "table.csv"
    found = original_cells(path, np.array(rows), data.preprocessing, Dialect())
    header, *lines = [line.split(",")[:-1] for line in path.read_text().splitlines()]
    assert list(found) == header == ["name", "a", "sex", "when", "yes"]
    assert list(zip(*found.values(), strict=True)) == [tuple(lines[row]) for row in rows]


def test_numbers_are_told_to_the_last_digit(tmp_path: Path) -> None:
    text = "x,y\n0.1,1\n1e30,2\n-12345678901234567890,3\n3.0,4\n"
    data = prepared(tmp_path, text)
    rows = np.arange(4)
    found = original_cells(tmp_path / "table.csv", rows, data.preprocessing, Dialect())
    assert found == {"x": ["0.1", "1e+30", "-1.2345678901234567e+19", "3"]}
