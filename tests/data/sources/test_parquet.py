"""Parquet files, and those of which far too much would come."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nncli.data.sources import parquet
from nncli.data.sources.opening import opened
from nncli.data.sources.table import TextError
from nncli.errors import DataError
from tests.data.tables import read, write


def test_parquet(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    from pyarrow.parquet import write_table

    day = datetime.date(2024, 1, 31)
    columns = {"n": [1, None], "t": ["a", None], "d": [day, day], "b": [True, None], "l": [[1], []]}
    write_table(pa.table(columns), tmp_path / "a.parquet")
    with opened(tmp_path / "a.parquet") as source:
        assert source.names == ("n", "t", "d", "b")
        assert source.files() == [(tmp_path / "a.parquet", 2)]
        with pytest.raises(TextError, match=r"'t' must hold numbers, but is of type string \(like"):
            list(source.chunks((1, 2)))
    piece = read(tmp_path / "a.parquet", (0,), (3, 1, 2, 0))
    np.testing.assert_array_equal(piece.numbers, [[1], [np.nan]])
    assert piece.texts == (["True", ""], ["a", ""], ["2024-01-31"] * 2, ["1", ""])
    with pytest.raises(DataError, match="no Parquet file"), opened(write(tmp_path, "x", "b.pq")):
        pass


def test_parquet_without_its_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with (
        pytest.raises(DataError, match=r"install it with: pip install pyarrow$"),
        opened(write(tmp_path, "PAR1", "a.parquet")),
    ):
        pass


def save(path: Path, columns: dict[str, Any], **options: Any) -> Path:
    pa = pytest.importorskip("pyarrow")
    from pyarrow.parquet import write_table

    write_table(pa.table(columns), path, **options)
    return path


@pytest.mark.parametrize(("most", "fine"), [("FINE_CELLS", 1 << 23), ("FINE_PAGES", 1 << 20)])
def test_parquet_that_would_become_far_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: str, fine: int
) -> None:
    cells = {"FINE_CELLS": [0.0] * (1 << 20), "FINE_PAGES": ["x" * (1 << 20)]}[most]
    path = save(tmp_path / "a.parquet", {"a": cells, "b": cells}, compression="zstd")
    with opened(path) as source:
        assert sum(map(len, source.chunks(()))) == len(cells)
    monkeypatch.setattr(parquet, most, fine)
    with (
        pytest.raises(DataError, match=r"would grow from [\d,]+ to .* save it again"),
        opened(path),
    ):
        pass


def test_a_long_text_that_is_there_often_is_kept_once(tmp_path: Path) -> None:
    cells = ["x" * (1 << 12), None, "y"] * 5000
    path = save(tmp_path / "a.parquet", {"a": cells, "b": [1] * len(cells)})
    with opened(path) as source:
        pieces = list(source.chunks((1,), (0,)))
    texts = [text for piece in pieces for text in piece.texts[0]]
    assert texts == [cell or "" for cell in cells]
    assert len({id(text) for text in texts}) <= 3 * len(pieces)


def test_texts_that_are_kept_as_what_they_add_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["x" * 1000 + str(row) for row in range(5000)]
    options = {"use_dictionary": False, "column_encoding": {"a": "DELTA_BYTE_ARRAY"}}
    path = save(tmp_path / "a.parquet", {"a": texts}, **options)
    with opened(path) as source:
        assert [text for piece in source.chunks((), (0,)) for text in piece.texts[0]] == texts
        monkeypatch.setattr(parquet, "FINE_CELLS", 1 << 20)
        monkeypatch.setattr(parquet, "MOST_CELLS", 10)
        with pytest.raises(DataError, match="would grow from"):
            list(source.chunks((), (0,)))


def test_parquet_damaged_in_its_middle(tmp_path: Path) -> None:
    path = save(tmp_path / "a.parquet", {"a": np.arange(1000.0)})
    content = bytearray(path.read_bytes())
    content[4:4000] = bytes(3996)
    path.write_bytes(content)
    with opened(path) as source, pytest.raises(DataError, match="or a damaged one"):
        list(source.chunks((0,)))
