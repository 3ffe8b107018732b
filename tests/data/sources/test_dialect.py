"""Tables of text as other programs write them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from nncli.data.sources.dialect import Dialect
from nncli.data.sources.table import OptionError
from nncli.errors import DataError
from tests.data.tables import open_table, opened


def test_decimal_commas(tmp_path: Path) -> None:
    table = opened(tmp_path, "a;b\n1,5;x\n-2;y\n", decimal=",", delimiter=";")
    assert next(table.chunks((0,))).numbers.tolist() == [[1.5], [-2]]
    with pytest.raises(DataError, match=r"must hold numbers, but line 2 has '1\.5'"):
        list(opened(tmp_path, "a;b\n1.5;x\n", decimal=",", delimiter=";").chunks((0,)))
    with pytest.raises(OptionError, match=r"can't stand between two cells too; say data.delimiter"):
        opened(tmp_path, "a,b\n1,2\n", decimal=",")


def test_comments(tmp_path: Path) -> None:
    table = opened(tmp_path, "# of 2024\na,b\n1,2 # here\n\n#3,4\n5,6\n", comment="#")
    assert next(table.chunks((0, 1))).numbers.tolist() == [[1, 2], [5, 6]]
    assert table.place(1) == "line 6"


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "cp1252"])
def test_encodings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, large: bool
) -> None:
    monkeypatch.setattr("nncli.data.sources.delimited.LARGE", 0 if large else 1 << 60)
    path = tmp_path / "table.csv"
    path.write_text("größe,ort\n1,Köln\n", encoding=encoding)
    table = open_table(path, encoding=encoding)
    assert table.names == ("größe", "ort")
    assert next(table.chunks((0,), (1,))).texts == (["Köln"],)


def test_a_wrong_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes("a,b\n1,é\n".encode())
    with pytest.raises(DataError, match="line 2 isn't ascii text"):
        open_table(path, encoding="ascii")


def test_markers_of_missing_cells() -> None:
    own = Dialect(markers=(-999, "none"))
    values = own.numbers(["-999.0", "none", "NA", "3"])
    assert np.isnan(values).tolist() == [True, True, True, False]
    assert {"", "none", "NA", "-999"} <= own.missing
    bare = Dialect(usual_markers=False)
    assert bare.missing == {""}
    assert not bare.is_number("NA")


@pytest.mark.parametrize("large", [False, True])
def test_both_readers_know_the_markers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: bool
) -> None:
    monkeypatch.setattr("nncli.data.sources.delimited.LARGE", 0 if large else 1 << 60)
    table = opened(tmp_path, "a,b,c\n-9,x,1\n2,-9,\nNA,y,3\n", markers=(-9,))
    numbers = np.concatenate([piece.numbers for piece in table.chunks((0, 2), (1,))])
    assert np.isnan(numbers).tolist() == [[True, False], [False, True], [True, False]]


def test_missing_cells_dont_need_the_careful_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = opened(tmp_path, "a,b\n1,2\n?,3\n,4\n0.1,5\n")
    monkeypatch.setattr("nncli.data.sources.delimited.LARGE", 0)
    monkeypatch.setattr(type(table), "_careful_chunks", None)
    (piece,) = table.chunks((0, 1))
    assert piece.numbers[:, 1].tolist() == [2, 3, 4, 5]
    np.testing.assert_array_equal(piece.numbers[:, 0], [1, np.nan, np.nan, 0.1])
