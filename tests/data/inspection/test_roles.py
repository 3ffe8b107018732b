"""Which columns are better left out, on columns made for the purpose."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from nncli.data.inspection.contents import Inspected, inspect
from nncli.data.inspection.roles import find_left_out, in_order_of_time
from nncli.data.sources.opening import opened

ROWS = 40
TARGET = [("no", "yes")[n % 3 == 0] for n in range(ROWS)]
NUMBERS = [(n * 37) % 41 for n in range(ROWS)]
ANOTHER = [(n * 17) % 41 / 4 for n in range(ROWS)]


def table(tmp_path: Path, **columns: Sequence[object]) -> Inspected:
    lines = [",".join(columns), *(",".join(map(str, row)) for row in zip(*columns.values()))]  # noqa: B905
    path = tmp_path / "table.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with opened(path) as source:
        return inspect(source)


@pytest.mark.parametrize(
    ("name", "cells", "why"),
    [
        ("same", [7] * ROWS, "the same in every row"),
        ("nothing", [""] * ROWS, "every cell is missing"),
        ("copy", [f"t{cell == 'yes'}" for cell in TARGET], "says the same as the target y"),
        ("copied", [2.5 * (cell == "yes") for cell in TARGET], "says the same as the target y"),
        ("row", range(ROWS), "numbers the rows"),
        ("customer_id", [n * 7 % 31 for n in range(ROWS)], "an id"),
        ("customerId", [f"c{n}" for n in range(ROWS)], "an id"),
        ("code", [f"c{n}" for n in range(ROWS)], "an id, 40 different texts"),
        ("review", [f"it is {n}" for n in range(ROWS)], "free text, 40 different texts"),
        ("price", [*range(ROWS - 1), "$3"], "numbers, but for 1 cell such as '$3'"),
        ("scaled", [4 * cell for cell in ANOTHER], None),
        ("twin", NUMBERS, "says the same as a"),
        ("large", [*range(1, ROWS), "inf"], "holds infinite numbers"),
        ("huge", [*range(1, ROWS), "-1e300"], "holds numbers beyond float32, as -1e+300"),
        ("both", ["inf", "-inf", *range(2, ROWS)], "holds infinite numbers"),
        ("index_of_mass", [n * 7 % 31 for n in range(ROWS)], None),
        ("year", range(ROWS), None),
    ],
)
def test_left_out(tmp_path: Path, name: str, cells: Sequence[object], why: str | None) -> None:
    looked_at = table(tmp_path, a=NUMBERS, b=ANOTHER, y=TARGET, **{name: cells})
    found = {each.column: each.why for each in find_left_out(looked_at, ["y"])}
    assert found == ({} if why is None else {name: why})


def test_a_number_target_is_copied_by_what_is_proportional_to_it(tmp_path: Path) -> None:
    looked_at = table(tmp_path, a=ANOTHER, b=[32 + 1.8 * n for n in NUMBERS], y=NUMBERS)
    assert [each.column for each in find_left_out(looked_at, ["y"])] == ["b"]


def test_numbered_rows_are_kept_where_there_is_nothing_else(tmp_path: Path) -> None:
    assert find_left_out(table(tmp_path, x=range(ROWS), y=NUMBERS), ["y"]) == []


def test_order_of_time(tmp_path: Path) -> None:
    days = [f"2024-01-{n + 1:02}" for n in range(31)]
    assert in_order_of_time(table(tmp_path, day=days, y=NUMBERS[:31])) == "day"
    assert in_order_of_time(table(tmp_path, year=range(ROWS), y=NUMBERS)) == "year"
    assert in_order_of_time(table(tmp_path, day=days[::-1], y=NUMBERS[:31])) is None
    assert in_order_of_time(table(tmp_path, x=range(ROWS), y=NUMBERS)) is None
