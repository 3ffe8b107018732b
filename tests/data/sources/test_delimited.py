from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from nncli.data.sources import delimited
from nncli.data.sources.table import CellError, OptionError
from nncli.errors import DataError
from tests.data.tables import open_table, opened, write


def test_quoted_cells_byte_order_mark_and_line_ends(tmp_path: Path) -> None:
    table = opened(tmp_path, '\ufeff"a, b",c\r\n"1","x\ny"\r\n\r\n 2 , z \r\n')
    (piece,) = table.chunks((0,), (1,))
    assert table.names == ("a, b", "c")
    assert piece.numbers.tolist() == [[1], [2]]
    assert piece.texts == (["x\ny", "z"],)
    assert [table.place(row) for row in (0, 1)] == ["line 3", "line 5"]


def test_columns_come_in_the_order_asked_for(tmp_path: Path) -> None:
    (piece,) = opened(tmp_path, "a,b,c\n1,2,3\n").chunks((2, 0), (1, 1))
    assert piece.numbers.tolist() == [[3, 1]]
    assert piece.texts == (["2"], ["2"])


def test_without_a_header_columns_are_numbered(tmp_path: Path) -> None:
    table = opened(tmp_path, "6,148\n1,85\n", header=False)
    assert table.names == (0, 1)
    assert next(table.chunks((0, 1))).numbers.tolist() == [[6, 148], [1, 85]]


@pytest.mark.parametrize("name", ["a.tsv", "a.tsv.gz", "a.tab"])
def test_tabs_by_the_files_ending(tmp_path: Path, name: str) -> None:
    text = b"a\tb\n1\t2\n"
    (tmp_path / name).write_bytes(gzip.compress(text) if name.endswith(".gz") else text)
    assert open_table(tmp_path / name).names == ("a", "b")


def test_pieces_count_their_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "CHUNK_CELLS", 4)
    pieces = list(opened(tmp_path, 'a,b\n"1",2\n3,4\n5,6\n').chunks((1,)))
    assert [(piece.start, piece.numbers.tolist()) for piece in pieces] == [
        (0, [[2], [4]]),
        (2, [[6]]),
    ]


def test_a_column_without_a_name_gets_pandas_name(tmp_path: Path) -> None:
    assert opened(tmp_path, ",a\n0,1\n").names == ("Unnamed: 0", "a")


def test_a_header_of_counted_columns_is_a_header(tmp_path: Path) -> None:
    assert opened(tmp_path, "0,1,2\n4,5,6\n").names == ("0", "1", "2")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n", "table.csv has a header but no rows"),
        ("\n\n", "table.csv has no rows"),
        ("6,148\n1,85\n", r"first line holds only numbers \(6, 148\).*say data.header: false"),
        ("a,b,a\n1,2,3\n", "several columns are named a; rename them"),
        ("a;b\n1;2\n", "separated by ';'; say data.delimiter: ';'"),
        ("a\0,b\n1,2\n", "isn't plain text"),
    ],
)
def test_headers_that_cannot_be_meant(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        opened(tmp_path, text)


@pytest.mark.parametrize("row", ["1", "1,2,3"])
def test_ragged_rows_are_named_by_line(tmp_path: Path, row: str) -> None:
    table = opened(tmp_path, f'a,b\n1,"2\n"\n\n{row}\n')
    cells = "3 cells" if "," in row else "1 cell"
    with pytest.raises(DataError, match=f"line 5 has {cells}, expected 2 as in the first"):
        list(table.chunks((0,)))


def test_text_among_numbers_names_column_line_value_and_the_other_columns(tmp_path: Path) -> None:
    table = opened(tmp_path, "a,b,c,d\n1,2,3,4\n1,x,3,y\n")
    with pytest.raises(CellError) as caught:
        list(table.chunks((0, 1, 2, 3)))
    assert str(caught.value) == (
        "table.csv: column 'b' must hold numbers, but line 3 has 'x' (likewise d)"
    )
    assert caught.value.positions == (1, 3)


def test_a_header_taken_for_a_row_is_explained(tmp_path: Path) -> None:
    table = opened(tmp_path, "a,b\n1,2\n", header=False)
    with pytest.raises(OptionError, match=r"line 1 has 'a'.*say data.header: true"):
        list(table.chunks((0, 1)))


def test_an_endless_quote_is_not_a_traceback(tmp_path: Path) -> None:
    path = write(tmp_path, 'a,b\n1,"2' + "x" * 200_000)
    with pytest.raises(DataError, match="line 2 opens a quote that is never closed"):
        open_table(path)


@pytest.mark.parametrize("text", ['a,b\n1,"2\n3,4\n5,6\n', 'a,b\n1,2\n3,"4\n', 'a,"b\n1,2\n'])
def test_quote_left_open(tmp_path: Path, text: str) -> None:
    with pytest.raises(DataError, match=r"line [123] opens a quote that is never closed"):
        list(opened(tmp_path, text).chunks((0,), (1,)))


def test_last_cell_in_quotes_needs_no_line_end(tmp_path: Path) -> None:
    (table,) = opened(tmp_path, 'a,b\n1,"x\ny"').chunks((0,), (1,))
    assert table.texts == (["x\ny"],)


def test_long_cells_are_cut_short_in_messages(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        list(opened(tmp_path, f"a\n1\n{'x' * 5000}\n").chunks((0,)))
    assert len(str(caught.value)) < 200
