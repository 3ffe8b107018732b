"""Tables that aren't one file of text: arrays, Parquet, several files, standard input."""

from __future__ import annotations

import datetime
import io
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nncli.data.sources.dialect import Dialect
from nncli.data.sources.opening import opened
from nncli.data.sources.table import Table, TextError
from nncli.errors import DataError
from tests.data.tables import write


def read(path: Path, numbers: tuple[int, ...], texts: tuple[int, ...] = ()) -> Table:
    with opened(path) as source:
        (piece,) = source.chunks(numbers, texts)
    return piece


def test_an_array_of_rows_and_columns(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.array([[1, 2.5], [3, np.nan]]))
    with opened(tmp_path / "a.npy") as source:
        assert source.names == (0, 1)
        assert source.place(1) == "row 1"
        assert source.files() == [(tmp_path / "a.npy", 2)]
    np.testing.assert_array_equal(read(tmp_path / "a.npy", (1, 0)).numbers, [[2.5, 1], [np.nan, 3]])


def test_arrays_with_names(tmp_path: Path) -> None:
    images = np.arange(12, dtype=np.uint8).reshape(2, 3, 2)
    np.savez(tmp_path / "a.npz", x=images, y=np.array([7, 8]), z=np.array(["p", "q"]))
    with opened(tmp_path / "a.npz") as source:
        assert source.names == ("x_0", "x_1", "x_2", "x_3", "x_4", "x_5", "y", "z")
        with pytest.raises(TextError, match="column 'z' must hold numbers, but is of type <U1"):
            list(source.chunks((6, 7)))
    piece = read(tmp_path / "a.npz", (0, 5, 6), (7, 6))
    assert piece.numbers.tolist() == [[0, 5, 7], [6, 11, 8]]
    assert piece.texts == (["p", "q"], ["7", "8"])


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"x": np.ones((3, 2)), "y": np.ones(2)}, r"same number of rows, but has x \(3, 2\), y"),
        ({"x": np.array([{}])}, "can't be read: .*; save arrays of numbers or text"),
        ({"x": np.ones(())}, "same number of rows"),
        ({"x": np.ones((2, 2)), "x_1": np.ones(2)}, "columns of the same name"),
    ],
)
def test_arrays_that_are_no_table(tmp_path: Path, arrays: dict[str, Any], message: str) -> None:
    np.savez(tmp_path / "a.npz", **arrays)
    with pytest.raises(DataError, match=message), opened(tmp_path / "a.npz"):
        pass


@pytest.mark.parametrize("name", ["a.npz", "a.npy"])
def test_what_only_is_called_an_array(tmp_path: Path, name: str) -> None:
    with (
        pytest.raises(DataError, match=f"{name} can't be read"),
        opened(write(tmp_path, "x", name)),
    ):
        pass


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
        pytest.raises(DataError, match=r"pip install 'nncli\[parquet\]'"),
        opened(write(tmp_path, "PAR1", "a.parquet")),
    ):
        pass


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
