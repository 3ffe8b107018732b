"""Numbers from a grid of cells are what Python makes of each cell, to the bit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nncli.data.sources import cells
from nncli.data.sources.grid import Grid
from nncli.data.sources.unread import NotPlainError
from nncli.engine.types import Array


def refuse(texts: Sequence[str]) -> Array:
    raise AssertionError(texts)


@st.composite
def numerals(draw: st.DrawFn) -> str:
    digits = draw(st.from_regex("[0-9]{1,15}", fullmatch=True))
    point = draw(st.integers(0, len(digits)))
    sign = draw(st.sampled_from(["", "-"]))
    return sign + draw(st.sampled_from([digits, f"{digits[:point]}.{digits[point:]}"]))


@given(
    st.one_of(
        st.lists(st.from_regex("[0-9]{1,3}", fullmatch=True), min_size=2, max_size=9),
        st.lists(st.decimals(-9, 9, places=3).map(str), min_size=2, max_size=9),
        st.lists(numerals(), min_size=2, max_size=9),
    )
)
def test_plain_numbers_are_worth_what_they_spell(texts: list[str]) -> None:
    grid = Grid.of(
        (",".join(texts) + "\n" + ",".join(texts[::-1]) + "\n").encode(), b",", len(texts)
    )
    truth = np.array([[float(text) for text in texts], [float(text) for text in texts[::-1]]])
    assert grid.numbers(range(len(texts)), refuse).tobytes() == truth.tobytes()  # with -0.0
    assert [grid.texts(i)[0] for i in range(len(texts))] == texts


@pytest.mark.parametrize(
    "text",
    ["1e5", "-2.5E-05", "1234567890123456", ".1234567890123456", "+5", " 7 ", "\t3", "inf", "NA",
     "nan", "?", "١"],
)  # fmt: skip
@pytest.mark.parametrize("row", ["{},4.5", "4.5,{}"])
def test_the_odd_cell_is_read_by_itself(text: str, row: str) -> None:
    lines = "\n".join(["-1,.5", row.format(text), "2.,-0", ""])
    truth = [cells.number(cell) for line in lines.split("\n")[:-1] for cell in line.split(",")]
    found = Grid.of(lines.encode(), b",", 2).numbers((0, 1), cells.numbers)
    assert found.tobytes() == np.array(truth).tobytes()


@pytest.mark.parametrize(
    "text", ["-", ".", "-.", "--1", "1-", "1-2", "1.2.3", "1..", "..1", "1.-2", "1_000", "a", "1\0"]
)
@pytest.mark.parametrize("row", ["{},4.5", "4.5,{}"])
def test_what_is_no_number_is_left_to_others_where_one_is_asked_for(text: str, row: str) -> None:
    grid = Grid.of(f"-1,2\n{row.format(text)}\n".encode(), b",", 2)
    handed: list[str] = []

    def others(texts: Sequence[str]) -> Array:
        handed.extend(texts)
        return np.full(len(texts), 7.0)

    own = 0 if row.startswith("{}") else 1
    assert grid.numbers((own,), others)[1].tolist() == [7]
    assert handed == [text]
    assert grid.numbers((1 - own,), refuse)[1].tolist() == [4.5]


def test_empty_cells_are_missing_in_any_number() -> None:
    grid = Grid.of(b",-1.5,\n" * 1000, b",", 3)
    np.testing.assert_array_equal(grid.numbers((1, 2, 0), refuse), [[-1.5, np.nan, np.nan]] * 1000)


def test_columns_come_in_the_order_asked_for_even_twice() -> None:
    grid = Grid.of(b"1,x,3\n4, y ,-6\n", b",", 3)
    assert grid.numbers((2, 0, 2), refuse).tolist() == [[3, 1, 3], [-6, 4, -6]]
    assert grid.texts(1) == ["x", "y"]
    assert grid.numbers((), refuse).shape == (2, 0)


@pytest.mark.parametrize(
    "rows",
    ["1", "1,2,3", "1,2\n\n3,4", "1\n,2", "1,2\n3", "1;2", '"1",2', "1,2\r3,4", "\ufeff1,2",
     "1,2,3\n4", "1\n2,3,4"],
)  # fmt: skip
def test_all_that_is_no_grid_is_refused(rows: str) -> None:
    with pytest.raises(NotPlainError):
        Grid.of(f"{rows}\n".encode(), b",", 2)


def test_text_that_is_not_utf8_is_refused_in_any_column() -> None:
    with pytest.raises(UnicodeDecodeError):
        Grid.of(b"1,\xff\n", b",", 2)


@pytest.mark.parametrize("cell", ["1e5", "1234567890123456"])
def test_many_odd_cells_are_left_to_others(cell: str) -> None:
    with pytest.raises(NotPlainError):
        Grid.of(f"1,{cell}\n".encode() * 1000, b",", 2).numbers((0, 1), cells.numbers)
