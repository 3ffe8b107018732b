from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nncli.data.choosing import choose_columns
from nncli.data.columns import Columns, find_columns
from nncli.data.section import DataSection
from nncli.errors import ConfigError, DataError
from tests.data.tables import opened

NAMES = ("id", "age", "fare", "survived")


def chosen(names: tuple[str | int, ...] = NAMES, **fields: Any) -> Columns:
    return choose_columns(DataSection(train="a.csv", **fields), names).columns


def test_features_are_all_but_target_and_dropped() -> None:
    columns = chosen(target="survived", drop=("id",))
    assert columns == Columns(features=("age", "fare"), targets=("survived",), width=4)


def test_features_keep_their_own_order() -> None:
    assert chosen(target=-1, features=("fare", 1)).features == ("fare", "age")


def test_several_targets() -> None:
    assert chosen(target=("fare", 1), drop=("id",)).targets == ("fare", "age")


@pytest.mark.parametrize(
    ("fields", "path", "message", "hint"),
    [
        ({}, ("data",), "target is missing: name", "the columns are id, age, fare, survived"),
        ({"target": "Survive"}, ("data", "target"), "no column 'Survive'", "mean 'survived'?"),
        ({"target": 4}, ("data", "target"), "no column 4", "4 columns, numbered from 0"),
        ({"target": "age", "drop": ("fair",)}, ("data", "drop", 0), "'fair'", "mean 'fare'?"),
        ({"target": ("age", "age")}, ("data", "target"), "listed twice", ""),
        ({"target": "age", "drop": ("age",)}, ("data", "drop"), "'age' is in data.target and", ""),
        ({"target": "age", "features": ("age",)}, ("data", "target"), "in data.features and", ""),
        ({"target": "age", "features": ("id",), "drop": ("id",)}, ("data", "drop"), "'id' is", ""),
        ({"target": "age", "features": ("id", 0)}, ("data", "features"), "listed twice", ""),
        ({"target": "age", "drop": (0, 2, 3)}, ("data",), "no column is left", ""),
    ],
)
def test_choices_that_cannot_be(
    fields: dict[str, Any], path: tuple[str | int, ...], message: str, hint: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        chosen(**fields)
    (problem,) = caught.value.problems
    assert problem.path == path
    assert message in problem.message
    assert hint in problem.hint


def test_hundreds_of_columns_are_listed_in_short() -> None:
    names = tuple(f"pixel{i}" for i in range(784))
    with pytest.raises(ConfigError) as caught:
        chosen(names, target="label")
    hint = caught.value.problems[0].hint
    assert hint.endswith("pixel4, pixel5, ..., pixel782, pixel783 (784 in all)")


def test_a_named_target_without_a_header_is_explained() -> None:
    with pytest.raises(ConfigError) as caught:
        chosen((0, 1, 2), target="label")
    assert "say data.header: true" in caught.value.problems[0].hint


def test_other_tables_may_lack_the_target_and_have_more_columns(tmp_path: Path) -> None:
    table = opened(tmp_path, "fare,extra,age\n1,2,3\n")
    columns = chosen(target="survived", drop=("id",))
    assert columns.find_features(table) == (2, 0)
    with pytest.raises(DataError, match="lacks column survived"):
        columns.find_targets(table)


def test_every_missing_column_is_named(tmp_path: Path) -> None:
    table = opened(tmp_path, "Age,id\n1,2\n")
    with pytest.raises(DataError, match=r"lacks columns age, fare\. It has Age, id"):
        chosen(target="survived").find_features(table)


@pytest.mark.parametrize(
    ("row", "positions"),
    [("9,1,2,7,3", (1, 2, 4)), ("9,1,2,3", (1, 2, 3)), ("1,2,3", (0, 1, 2))],
)
def test_tables_without_a_header_by_their_width(
    tmp_path: Path, row: str, positions: tuple[int, ...]
) -> None:
    """The layout of training, the same without its target, or the features alone."""
    columns = chosen((0, 1, 2, 3, 4), target=3, drop=(0,))
    assert columns.find_features(opened(tmp_path, row, header=False)) == positions


def test_other_widths_are_refused(tmp_path: Path) -> None:
    columns = chosen((0, 1, 2, 3, 4), target=3, drop=(0,))
    with pytest.raises(DataError, match="has 2 columns, expected 3 or 4 or 5"):
        columns.find_features(opened(tmp_path, "1,2\n", header=False))
    with pytest.raises(DataError, match="has 4 columns, expected 5"):
        columns.find_targets(opened(tmp_path, "1,2,3,4\n", header=False))


def test_columns_to_keep_by_name_or_position(tmp_path: Path) -> None:
    assert find_columns(("b", "0", 1), opened(tmp_path, "a,b\n1,2\n")) == (1, 0, 1)
    assert find_columns(("1",), opened(tmp_path, "1,2\n", header=False)) == (1,)
    with pytest.raises(DataError, match="no column 'ID'; did you mean 'id'"):
        find_columns(("ID",), opened(tmp_path, "id,b\n1,2\n"))
