"""All readers answer alike: the same tables to the bit, or the same words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nncli.data.sources import delimited, frames, plain
from nncli.data.sources.delimited import DelimitedFile
from nncli.data.sources.table import Table
from nncli.data.sources.unread import NotPlainError
from nncli.errors import DataError
from tests.data.tables import open_table, opened

NUMBER = st.one_of(
    st.floats().map(repr),
    st.integers().map(str),
    st.integers(-300, 300).map(str),
    st.decimals(allow_nan=False, allow_infinity=False).map(str),
    st.builds(
        "{}.{}e{}".format, st.integers(0, 10**20), st.integers(0, 10**20), st.integers(-9, 9)
    ),
)
ODD = st.sampled_from(
    ["", " ", "NA", "nan", "-0", "-0.0", "+5", " 7 ", "1_000", "True", "0x1", "inf", "1e999", "-",
     '""', '"1"', '" "', '"a,b"', '"a\nb"', 'a"b', '"a"b', "\t3", "é", "1\0", "\r", "?", "None"]
)  # fmt: skip
CELL = NUMBER | NUMBER | ODD | st.text(max_size=3)
WHOLE = st.one_of(
    st.integers(0, 300).map(str),
    st.integers(0, 10**17).map(str),
    st.from_regex("[0-9]{1,16}", fullmatch=True),
)
PLAIN = st.one_of(
    st.from_regex(r"-?[0-9]{0,9}\.[0-9]{0,9}", fullmatch=True, alphabet="-.0123456789"),
    st.decimals(-100, 100, places=6).map(str),
    st.sampled_from(["", "-", ".", "-.", "-0", "-0.0", "1.2.3", "1..", "--1", "1-", "-1.5e-05"]),
)


@st.composite
def tables(draw: st.DrawFn) -> str:
    width = draw(st.integers(1, 4))
    cell = draw(st.sampled_from([NUMBER, CELL, WHOLE, PLAIN, PLAIN]))
    rows = draw(st.lists(st.lists(cell, min_size=width, max_size=width), min_size=1, max_size=6))
    if draw(st.integers(0, 5)) == 5:
        rows += draw(st.lists(st.lists(CELL, min_size=width, max_size=width), max_size=2))
    if draw(st.integers(0, 5)) == 5:
        rows.append(draw(st.lists(cell, max_size=5)))
    lines = [",".join(row) for row in rows]
    if draw(st.integers(0, 3)):
        lines.insert(0, ",".join(f"column{i}" for i in range(width)))
    return draw(st.sampled_from(["\n", "\n", "\r\n", "\r", "\n\n"])).join(lines) + draw(
        st.sampled_from(["", "\n", "\n\n\n", "\r\n", " \n"])
    )


def answer(pieces: Iterator[Table]) -> tuple[object, ...]:
    try:
        found = list(pieces)
    except DataError as error:
        return ("refused", str(error))
    numbers = np.concatenate([piece.numbers for piece in found]) + 0.0 if found else np.empty(0)
    texts = [
        [cell for piece in found for cell in piece.texts[i]] for i in range(len(found[0].texts))
    ]
    return (numbers.shape, np.nan_to_num(numbers, nan=-1.25e-300).tobytes(), texts)


def by_all(table: DelimitedFile, patch: pytest.MonkeyPatch) -> list[list[tuple[object, ...]]]:
    """Return the answers of the careful reader, of the fast ones without pandas, and with it."""
    last = len(table.names) - 1
    asked = [((*range(last),), (last,)), ((*range(last + 1),), ()), ((0,), ()), ((), (0,))]
    answers = [[answer(table._careful_chunks(*columns, 0)) for columns in asked]]
    for large in (1 << 60, 0):
        patch.setattr(delimited, "LARGE", large)
        answers.append([answer(table.chunks(*columns)) for columns in asked])
    return answers


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("readers")


@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
@example(text='column0\n0.0\n" "', rows=1, size=1, header=True)
@example(text=" \n0,1\n2,3\n", rows=1, size=1, header=True)
@example(text="\xa0\n0,1\n2,3\n", rows=1, size=1, header=True)
@example(text="\ufeff\n0,1\n2,3\n", rows=1, size=1, header=True)
@example(text="\xa0\n0,1\n2,3\n", rows=1, size=1, header=False)
@example(text="0,0\n0,0,0", rows=1, size=1, header=False)
@example(text="column0,column1\n1,2\n3\n,4\n", rows=1, size=1 << 16, header=True)
@example(text="0.0,0.0,0.0\n\r,0.0,0.0,0.0", rows=1, size=1, header=False)
@example(text="a,b,c\r83,5.5,1\r\r,7,2,9\r4,5,6\r", rows=1, size=1, header=True)
@example(text="a,b\n83,x\n\r,\n91,x\n", rows=1 << 16, size=1 << 16, header=True)
@example(text="a,b\n\ufeffx,4\n5,6\n", rows=1 << 16, size=1 << 16, header=True)
@example(text="\ufeff5,x\n\ufeff7,y\n", rows=1 << 16, size=1 << 16, header=False)
@given(
    text=tables(),
    rows=st.sampled_from([1, 2, 1 << 16]),
    size=st.sampled_from([1, 40, 80, 1 << 16]),
    header=st.booleans(),
)
def test_all_readers_answer_the_same(
    folder: Path, text: str, rows: int, size: int, header: bool
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frames, "_MOST_ROWS", rows)
        patch.setattr(plain, "_BYTES", size)
        (folder / "table.csv").write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            table = open_table(folder / "table.csv", header=header)
        except DataError:
            return
        careful, without_pandas, with_pandas = by_all(table, patch)
        assert without_pandas == careful
        assert with_pandas == careful


def test_pandas_goes_on_where_numbers_are_no_longer_plain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = opened(tmp_path, "a,b\n" + "1,.2\n" * 9 + '5,"0.5"\n7,8\n')
    monkeypatch.setattr(delimited, "LARGE", 0)
    monkeypatch.setattr(plain, "_BYTES", 1)
    monkeypatch.setattr(DelimitedFile, "_careful_chunks", None)
    found = [(piece.start, piece.numbers.tolist()) for piece in table.chunks((0, 1))]
    assert found == [(0, [[1, 0.2]] * 7), (7, [[1, 0.2], [1, 0.2], [5, 0.5], [7, 8]])]


def test_plain_tables_never_need_the_careful_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = opened(tmp_path, "a,b,c\n1,0.1,x\n-2,16777217,y\n")
    monkeypatch.setattr(delimited, "LARGE", 0)
    monkeypatch.setattr(DelimitedFile, "_careful_chunks", None)
    (piece,) = table.chunks((1, 0), (2,))
    assert piece.numbers.tolist() == [[0.1, 1], [16777217, -2]]
    assert piece.texts == (["x", "y"],)


def test_numbers_are_rounded_once_as_python_rounds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = ["0.1000000014901161193847656250", "8.442911973260987", "1e-310", "9007199254740993"]
    cells += [repr(i / 7919) for i in range(1, 1000)]  # pandas 2.2 gets one in seven wrong
    table = opened(tmp_path, "\n".join(["a,b", *(f"{cell},0.5" for cell in cells)]))
    monkeypatch.setattr(delimited, "LARGE", 0)
    monkeypatch.setattr(DelimitedFile, "_careful_chunks", None)
    assert next(table.chunks((0,))).numbers[:, 0].tolist() == [float(cell) for cell in cells]


@pytest.mark.parametrize(
    ("blocks", "lone"),
    [
        ([b"1,2\r\n", b"3\r\n"], False),
        ([b"1,2\r", b"\n3\r", b"\n"], False),
        ([b"1,2\r", b"3\r\n"], True),
        ([b"1\r2\r\n"], True),
        ([b"\r\r\n"], True),
        ([b"1\r"], True),
    ],
)
def test_a_return_without_line_feed_is_found_across_blocks(blocks: list[bytes], lone: bool) -> None:
    class Unread:
        def read(self, size: int) -> bytes:
            return blocks.pop(0) if blocks else b""

    text = frames._Bytes(cast(Any, Unread()))
    if not lone:
        assert b"".join(iter(lambda: text.read(9), b"")).count(b"\r\n") == 2
        return
    with pytest.raises(NotPlainError):
        while text.read(9):
            pass
