"""A line without end is refused by either reader, before it fills the memory."""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path

import pytest

from nncli.data.inspection.opening import recognise
from nncli.data.sources import delimited, fast, frames, lines
from nncli.data.sources.unread import NotPlainError, Unread
from nncli.errors import DataError
from tests.data.tables import open_table, write


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST", 1 << 16)
    monkeypatch.setattr(frames, "_MOST_BYTES", 1 << 19)


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("cell", ["1,", '"\n",', "x"], ids=["cells", "lines in cells", "a cell"])
def test_a_row_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cell: str, large: bool
) -> None:
    monkeypatch.setattr(delimited, "LARGE", 0 if large else 1 << 60)
    path = write(tmp_path, "a,b\n1,2\n" + cell * (1 << 20))
    table = open_table(path)
    with pytest.raises(DataError, match="line 3 can't be read: it has over 65,536 characters; giv"):
        list(table.chunks((0, 1)))


def test_the_fast_reader_gives_up_on_a_row_without_end(tmp_path: Path) -> None:
    text = frames._Bytes(Unread(io.BytesIO(b"1," * (1 << 19)), has_header=False))
    with pytest.raises(NotPlainError):
        while text.read(1 << 16):
            pass
    assert text.taken <= (1 << 19) + (1 << 16)


def test_the_fast_reader_reads_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "_MOST_ROWS", 1 << 14)
    table = open_table(write(tmp_path, "a,b\n" + "-1,2\n" * (1 << 18)))  # 1 MB
    assert sum(map(len, fast.chunks(table, (0, 1), (), pandas=True))) == 1 << 18


def test_a_first_line_without_end(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    with path.open("wb") as file:
        file.truncate(1 << 24)
    for read in (open_table, recognise):
        with pytest.raises(DataError, match=r"table\.csv: line 1 can't be read: it has over"):
            read(path)


def test_long_texts_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST", 1 << 20)
    text = "x" * 200_000
    (piece,) = open_table(write(tmp_path, f"a,b\n1,{text}\n" * 9)).chunks((), (1,))
    assert piece.texts == ([text, *["b", text] * 8],)


def test_the_undecodable_byte_of_a_long_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "LONGEST", 1 << 22)
    path = tmp_path / "table.csv"
    path.write_bytes("a,é\n1,".encode() + b"x" * ((1 << 20) - 1) + "é".encode() + b"\xff\n1,2\n")
    with pytest.raises(DataError, match="line 2 isn't UTF-8 text"):
        open_table(path)


def test_a_line_without_end_is_not_kept_to_find_its_undecodable_byte(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    with path.open("wb") as file:
        file.write(b"a,b\n\xff")
        file.truncate(1 << 24)
    tracemalloc.start()
    with pytest.raises(DataError, match="line 2 isn't UTF-8 text"):
        open_table(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1 << 23


def test_a_table_of_too_many_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nncli.data.sources.table.MOST_COLUMNS", 3)
    assert open_table(write(tmp_path, "a,b,c\n1,2,3\n")).names == ("a", "b", "c")
    with pytest.raises(DataError, match="has 4 columns; save it with 3 of them at most"):
        open_table(write(tmp_path, "a,b,c,d\n1,2,3,4\n"))
