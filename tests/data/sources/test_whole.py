"""Tables of whole numbers need no other reader, whatever their lines end in."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nncli.data.sources import delimited, frames, whole
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
@pytest.mark.parametrize("cells", [1, 4, 1 << 16])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("end", ["", "\n", "\n\n\n", "\r\n\r\n"])
def test_line_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cells: int, line_end: str, end: str
) -> None:
    monkeypatch.setattr(whole, "_CELLS", cells)
    text = line_end.join(["a,b,c", "0,007,255", "999999999999999,0,65536", "12,3,4"]) + end
    pieces = list(opened(tmp_path, text).chunks((2, 0), (1,)))
    assert np.concatenate([piece.numbers for piece in pieces]).tolist() == [
        [255, 0], [65536, 999999999999999], [4, 12],
    ]  # fmt: skip
    assert [cell for piece in pieces for cell in piece.texts[0]] == ["007", "0", "3"]
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


@given(st.lists(st.from_regex("[0-9]{1,15}", fullmatch=True), min_size=2, max_size=20))
def test_digits_are_worth_what_they_spell(numbers: list[str]) -> None:
    text = (",".join(numbers) + "\n").encode()
    cells = whole._Cells.of(text, b",", len(numbers))
    assert cells is not None
    assert cells.numbers(range(len(numbers))).tolist() == [[float(text) for text in numbers]]
    assert [cells.texts(column) for column in range(len(numbers))] == [[n] for n in numbers]


@pytest.mark.parametrize(
    "rows",
    [
        "-1,2", "1.5,2", "1,", ",2", "1", "1,2,3", "1,2\n\n3,4", "1 ,2", '"1",2', "1\n,2",
        "1,2\r3,4", "1234567890123456,2", "1;2", "١,2", "1,2\0",
    ],
)  # fmt: skip
def test_all_else_is_left_to_others(rows: str) -> None:
    assert whole._Cells.of(f"{rows}\n".encode(), b",", 2) is None


@pytest.mark.parametrize("end", [b"", b"\n"])
@pytest.mark.parametrize("line", [b"1,2" + b"3" * (1 << 20), b"1,2,3" * (1 << 19)])
def test_a_line_without_end_is_not_gathered(line: bytes, end: bytes, tmp_path: Path) -> None:
    table = opened(tmp_path, "a,b\n1,2\n")
    file = io.BytesIO(b"a,b\n1,2\n" + line + end)
    unread = Unread(file, has_header=True)
    assert list(whole.tables(table, unread, (0, 1), ())) == []
    assert file.tell() <= 2 * 16 * whole._CELLS
    rest = b"".join(iter(lambda: unread.read(1 << 16), b""))
    assert rest == b"1,2\n" + line + end


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("cells", [1, 1 << 16])
def test_the_longest_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cells: int) -> None:
    monkeypatch.setattr(whole, "_CELLS", cells)
    rows = [["1" * 15, "2" * 15], ["3" * 15, "4" * 15]]
    table = opened(tmp_path, "\r\n".join(["a,b", *map(",".join, rows), ""]))
    found = np.concatenate([piece.numbers for piece in table.chunks((0, 1))])
    assert found.tolist() == [[float(cell) for cell in row] for row in rows]


def test_mistakes_behind_whole_numbers_have_their_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole, "_CELLS", 2)
    table = opened(tmp_path, "a,b\n1,2\n3,4\n5,6,7\n")
    with pytest.raises(DataError, match="line 4 has 3 cells, expected 2"):
        list(table.chunks((0, 1)))
