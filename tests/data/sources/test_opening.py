"""Tables that aren't one file of text: several files, standard input."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from nncli.data.sources.dialect import Dialect
from nncli.data.sources.opening import opened
from nncli.errors import DataError
from tests.data.tables import write


def test_several_files_are_one_table(tmp_path: Path) -> None:
    write(tmp_path, "b,a\n1,x\n2,y\n", "part-2.csv")
    write(tmp_path, "a,b\nz,0\n", "part-1.csv")
    with opened(tmp_path / "part-*.csv") as source:
        assert source.names == ("a", "b")
        pieces = list(source.chunks((1,), (0,)))
        assert [piece.start for piece in pieces] == [0, 1]
        assert [piece.numbers[:, 0].tolist() for piece in pieces] == [[0], [1, 2]]
        assert [piece.texts for piece in pieces] == [(["z"],), (["x", "y"],)]
        assert source.place(2) == "line 3 of part-2.csv"
        assert source.files() == [(tmp_path / "part-1.csv", 1), (tmp_path / "part-2.csv", 2)]


def test_several_files_with_different_columns(tmp_path: Path) -> None:
    write(tmp_path, "a,b\n1,2\n", "part-1.csv")
    write(tmp_path, "a,c\n1,2\n", "part-2.csv")
    with (
        pytest.raises(DataError, match="different columns: only one of them has b, c"),
        opened(tmp_path / "part-*.csv"),
    ):
        pass
    with pytest.raises(DataError, match="no file matches"), opened(tmp_path / "x-*.csv"):
        pass


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a;b\n1;2\n")))
    with opened(Path("-"), Dialect(delimiter=";")) as source:
        assert source.label == "standard input"
        assert [len(list(source.chunks((0,)))) for _ in range(2)] == [1, 1]
