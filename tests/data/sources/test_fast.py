"""The two readers answer alike: the same tables to the bit, or the same words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nncli.data.sources import delimited, fast
from nncli.data.sources.delimited import DelimitedFile
from nncli.data.sources.table import Table
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


@st.composite
def tables(draw: st.DrawFn) -> str:
    width = draw(st.integers(1, 4))
    mostly_plain = draw(st.booleans())
    cell = NUMBER if mostly_plain else CELL
    rows = draw(st.lists(st.lists(cell, min_size=width, max_size=width), min_size=1, max_size=6))
    if draw(st.integers(0, 5)) == 5:
        rows.append(draw(st.lists(cell, max_size=5)))
    lines = [",".join(f"column{i}" for i in range(width)), *(",".join(row) for row in rows)]
    return draw(st.sampled_from(["\n", "\r\n", "\r", "\n\n"])).join(lines) + draw(
        st.sampled_from(["", "\n", " \n"])
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


def by_both(table: DelimitedFile, patch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    last = len(table.names) - 1
    answers = []
    for large in (1 << 60, 0):
        patch.setattr(delimited, "LARGE", large)
        for numbers, texts in (((*range(last),), (last,)), ((*range(last + 1),), ()), ((0,), ())):
            answers.append(answer(table.chunks(numbers, texts)))
    return answers


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("readers")


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@example(text='column0\n0.0\n" "', rows=1)
@given(text=tables(), rows=st.sampled_from([1, 2, 1 << 16]))
def test_both_readers_answer_the_same(folder: Path, text: str, rows: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fast, "_MOST_ROWS", rows)
        (folder / "table.csv").write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            table = open_table(folder / "table.csv")
        except DataError:
            return
        answers = by_both(table, patch)
        assert answers[:3] == answers[3:]


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
    table = opened(tmp_path, "\n".join(["a,b", *(f"{cell},0.5" for cell in cells)]))
    monkeypatch.setattr(delimited, "LARGE", 0)
    monkeypatch.setattr(DelimitedFile, "_careful_chunks", None)
    assert next(table.chunks((0,))).numbers[:, 0].tolist() == [float(cell) for cell in cells]
