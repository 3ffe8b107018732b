"""Tables of plain numbers need no other reader, whatever their lines end in."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest

from nncli.data.sources import delimited, frames, plain
from nncli.data.sources.delimited import DelimitedFile
from nncli.data.sources.unread import Unread
from nncli.errors import DataError
from tests.data.tables import opened, write


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the other readers away."""
    monkeypatch.setattr(DelimitedFile, "_careful_chunks", None)
    monkeypatch.setattr(frames, "tables", None)


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("size", [1, 60, 1 << 16])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("end", ["", "\n", "\n\n\n", "\r\n\r\n"])
def test_line_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, line_end: str, end: str
) -> None:
    monkeypatch.setattr(plain, "_BYTES", size)
    text = line_end.join(["a,b,c", "0,-007,.25", "999999999999999,0,-12.50", ",7.,"]) + end
    pieces = list(opened(tmp_path, text).chunks((2, 0), (1,)))
    np.testing.assert_array_equal(
        np.concatenate([piece.numbers for piece in pieces]),
        [[0.25, 0], [-12.5, 999999999999999], [np.nan, np.nan]],
    )
    assert [cell for piece in pieces for cell in piece.texts[0]] == ["-007", "0", "7."]
    assert [piece.start for piece in pieces] == np.cumsum([0, *map(len, pieces[:-1])]).tolist()


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("mark", ["\t", ";", " ", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_delimiters_encodings_and_markers(tmp_path: Path, mark: str, encoding: str) -> None:
    write(tmp_path, "")
    (tmp_path / "table.csv").write_text(f"ä{mark}b\n1{mark}99\n", encoding=encoding)
    name = "utf-8" if encoding == "utf-8-sig" else encoding
    table = delimited.open_delimited(
        tmp_path / "table.csv",
        delimited.Dialect(delimiter=mark, encoding=name, markers=(99,)),
        "table.csv",
    )
    (piece,) = table.chunks((0, 1))
    assert table.names == ("ä", "b")
    np.testing.assert_array_equal(piece.numbers, [[1, np.nan]])


@pytest.mark.usefixtures("alone")
def test_no_column_of_numbers_at_all(tmp_path: Path) -> None:
    (piece,) = opened(tmp_path, "1,2\n3,4\n", header=False).chunks(())
    assert piece.numbers.shape == (2, 0)


@pytest.mark.parametrize("end", [b"", b"\n"])
@pytest.mark.parametrize("line", [b"1,2" + b"3" * (1 << 20), b"1,2,3" * (1 << 19)])
def test_a_line_without_end_is_not_gathered(line: bytes, end: bytes, tmp_path: Path) -> None:
    table = opened(tmp_path, "a,b\n1,2\n")
    file = io.BytesIO(b"a,b\n1,2\n" + line + end)
    unread = Unread(file, has_header=True)
    (piece,) = plain.tables(table, unread, (0, 1), ())
    assert piece.numbers.tolist() == [[1, 2]]
    assert file.tell() <= 3 * plain._BYTES
    assert b"".join(iter(lambda: unread.read(1 << 16), b"")) == line + end


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("size", [1, 1 << 16])
def test_the_longest_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(plain, "_BYTES", size)
    rows = [["-" + "1" * 15 + ".", "-." + "2" * 15], ["-3." + "3" * 14, "4" * 15]]
    table = opened(tmp_path, "\r\n".join(["a,b", *map(",".join, rows), ""]))
    found = np.concatenate([piece.numbers for piece in table.chunks((0, 1))])
    assert found.tolist() == [[float(cell) for cell in row] for row in rows]


def test_mistakes_behind_plain_numbers_have_their_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain, "_BYTES", 1)
    table = opened(tmp_path, "a,b\n1,2\n3,4\n5,6,7\n")
    with pytest.raises(DataError, match="line 4 has 3 cells, expected 2"):
        list(table.chunks((0, 1)))


def test_a_row_that_is_cut_by_a_long_cell_is_not_taken_for_a_whole_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain, "_BYTES", 1)
    table = opened(tmp_path, f"a,b\n1,2\n3,{'4' * 60}\n5,6\n")
    found = np.concatenate([piece.numbers for piece in table.chunks((0, 1))])
    assert found.tolist() == [[1, 2], [3, float("4" * 60)], [5, 6]]


@pytest.mark.parametrize("mark", ["1", "-"])
def test_delimiters_that_are_part_of_numbers_are_left_to_others(tmp_path: Path, mark: str) -> None:
    table = opened(tmp_path, f"a{mark}b\n5{mark}7\n", delimiter=mark)
    unread = Unread(io.BytesIO(f"a{mark}b\n5{mark}7\n".encode()), has_header=True)
    assert list(plain.tables(table, unread, (0, 1), ())) == []
    assert next(table.chunks((0, 1))).numbers.tolist() == [[5, 7]]
