from __future__ import annotations

import pytest

from nncli.reporting.figures import duration, number, short, table


@pytest.mark.parametrize(
    ("value", "long", "brief"),
    [
        (1.0, "1.0000", "1.0"),
        (0.0, "0.0000", "0.0"),
        (0.775, "0.7750", "0.775"),
        (-12.34567, "-12.3457", "-12.3457"),
        (100.0, "100.0000", "100.0"),
        (0.00012345678, "0.0001235", "0.0001235"),
        (1.5e-07, "1.5e-07", "1.5e-07"),
        (123456.0, "1.235e+05", "1.235e+05"),
        (float("nan"), "nan", "nan"),
        (float("inf"), "inf", "inf"),
    ],
)
def test_numbers(value: float, long: str, brief: str) -> None:
    assert (number(value), short(value)) == (long, brief)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.31, "0.3 s"), (9.96, "10.0 s"), (10.0, "0:10"), (754.0, "12:34"), (3723.4, "1:02:03")],
)
def test_durations(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_table_aligns_names_left_and_numbers_right() -> None:
    assert table(["", "train", "test"], [["loss", "0.5", ""], ["auc", "10.25", "1"]]) == (
        "      train  test\nloss    0.5\nauc   10.25     1"
    )
