"""Every kind: what its cells become, worked out by hand, and what it refuses."""

from __future__ import annotations

from math import cos, pi, sin
from typing import Any

import numpy as np
import pytest

from nncli.data.kinds import Kind
from nncli.data.kinds.base import TextKind
from nncli.data.kinds.boolean import Boolean
from nncli.data.kinds.categorical import Categorical
from nncli.data.kinds.dates import Datetime
from nncli.data.kinds.numeric import Numeric
from nncli.data.texts import as_texts


def features(kind: TextKind, train: list[str], new: list[str] | None = None) -> list[list[float]]:
    learnt = kind.learn(as_texts(train))
    encoded = kind.encode(learnt, train if new is None else new)
    assert encoded.shape[1] == len(kind.feature_names(learnt))
    rows: list[list[float]] = encoded.tolist()
    return rows


def names(kind: TextKind, train: list[str]) -> tuple[str, ...]:
    return kind.feature_names(kind.learn(as_texts(train)))


def test_booleans() -> None:
    assert features(Boolean(), ["Yes", "no", "TRUE", "0"]) == [[1], [0], [1], [0]]
    assert features(Boolean(missing="most_frequent"), ["y", "y", "", "n"])[2] == [1]
    assert features(Boolean(missing="constant", value=False), ["y", ""])[1] == [0]
    assert features(Boolean(missing="indicator"), ["n", "", "n"]) == [[0, 0], [0, 1], [0, 0]]
    assert Boolean().fault("maybe") == "must hold true or false (or yes/no, 1/0)"


def test_categories_have_a_feature_each() -> None:
    assert names(Categorical(), ["b", "a", "b"]) == ("=a", "=b")
    assert features(Categorical(), ["b", "a", "b"]) == [[0, 1], [1, 0], [0, 1]]
    assert features(Categorical(), ["b", "a"], ["c"]) == [[0, 0]]


def test_categories_that_are_numbers_are_told_by_value() -> None:
    assert names(Categorical(), ["10", "9", "9.0"]) == ("=9", "=10")
    assert features(Categorical(), ["10", "9"], ["9.0", "10"]) == [[1, 0], [0, 1]]


def test_rare_and_unseen_categories_share_a_feature() -> None:
    kind, train = Categorical(min_rows=2), ["a", "a", "b", "c", "c"]
    learnt = kind.learn(as_texts(train))
    assert kind.feature_names(learnt) == ("=a", "=c", " is another")
    assert features(kind, train, ["b", "new"]) == [[0, 0, 1], [0, 0, 1]]
    assert kind.strangers(learnt, ["a", "b", "new", ""]) == [2]
    most = Categorical(max_categories=1)
    assert names(most, train) == ("=a", " is another")


def test_missing_categories() -> None:
    train = ["a", "b", "b", ""]
    assert features(Categorical(missing="indicator"), train)[3] == [0, 0, 1]
    assert features(Categorical(missing="most_frequent"), train)[3] == [0, 1]
    assert names(Categorical(missing="constant", value="none"), train) == ("=a", "=b", "=none")
    assert features(Categorical(missing="constant", value="none"), train)[3] == [0, 0, 1]
    assert names(Categorical(missing="indicator"), ["a", "b"]) == ("=a", "=b")


def test_dates_are_taken_apart() -> None:
    train = ["2024-01-01", "2024-12-31 00:00"]  # a Monday and a Tuesday
    first, last = features(Datetime(), train)
    assert names(Datetime(), train) == (
        ".year", ".month_sin", ".month_cos", ".weekday_sin", ".weekday_cos",
    )  # fmt: skip
    assert (first[0], last[0]) == pytest.approx((-1, 1))
    assert first[1:] == pytest.approx([0, 1, 0, 1])
    month, weekday = 2 * pi * 11 / 12, 2 * pi / 7
    assert last[1:] == pytest.approx([sin(month), cos(month), sin(weekday), cos(weekday)])


def test_hours_count_where_there_are_times() -> None:
    kind = Datetime(features=("hour",), cyclical=False)
    assert features(kind, ["2024-01-01T18:30:00+02:00"]) == [[18.5]]
    assert ".hour_sin" in names(Datetime(), ["2024/01/01", "2024/01/01 06:00"])


def test_dates_in_a_format_of_their_own() -> None:
    kind = Datetime(format="%d.%m.%Y", features=("day", "month"), cyclical=False)
    assert features(kind, ["31.12.2023"]) == [[31, 12]]
    assert kind.fault("2023-12-31") == "must hold dates as %d.%m.%Y"


def test_missing_dates() -> None:
    days = {"features": ("day",), "cyclical": False}
    train = ["2024-01-01", "2024-01-02", "2024-01-09", "2024-01-09", "2024-01-09", ""]
    assert features(Datetime(missing="median", **days), [*train[:3], ""])[3] == [2]
    assert features(Datetime(missing="most_frequent", **days), train)[5] == [9]
    assert features(Datetime(missing="constant", value="2024-01-30", **days), train)[5] == [30]
    assert features(Datetime(missing="indicator", **days), train)[5] == [9, 1]


@pytest.mark.parametrize(
    ("missing", "fill"),
    [("mean", 3.0), ("median", 2.0), ("most_frequent", 1.0), ("indicator", 2.0)],
)
def test_missing_numbers(missing: Any, fill: float) -> None:
    assert Numeric(missing=missing).fill(np.array([1.0, 1.0, 2.0, 3.0, 8.0])) == fill
    assert Numeric(missing="most_frequent").fill(np.array([5.0, 2.0])) == 2
    assert Numeric(missing="constant", value=-1).fill(np.array([5.0])) == -1


def test_the_tables_defaults_yield_to_the_columns_own() -> None:
    assert Numeric().settled(missing="median", scale="robust") == Numeric(
        missing="median", scale="robust"
    )
    own = Numeric(missing="mean", scale="none")
    assert own.settled(missing="median", scale="robust") == own
    assert Categorical().settled(missing="median", scale="none").missing == "most_frequent"
    assert Categorical().settled(missing="drop", scale="none").missing == "drop"


@pytest.mark.parametrize(
    ("kind", "fields", "message"),
    [
        (
            "categorical",
            {"missing": "mean"},
            "missing can't be mean for type categorical; it may be error, drop",
        ),
        ("ignore", {"missing": "drop"}, "missing can't be drop for type ignore$"),
        ("numeric", {"missing": "constant"}, "value is needed for missing: constant"),
        ("numeric", {"value": 3}, "value is for missing: constant only"),
        ("numeric", {"missing": "constant", "value": "x"}, "value must be a number"),
        ("boolean", {"missing": "constant", "value": "x"}, "value must be true or false"),
        ("datetime", {"missing": "constant", "value": "x"}, "value must hold dates as 2024-07-01"),
        ("datetime", {"features": ()}, "features must name at least one"),
        ("categorical", {"min_rows": 0}, "min_rows must be at least 1"),
        ("categorical", {"max_categories": 0}, "max_categories must be at least 1"),
    ],
)
def test_what_makes_no_sense_is_refused(kind: str, fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        Kind.members[kind](**fields)
