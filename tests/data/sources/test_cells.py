from __future__ import annotations

import math

import numpy as np
import pytest

from nncli.data.sources.cells import MISSING, labels, number, numbers


def test_numbers_are_pythons() -> None:
    assert numbers(["1", " 2.5 ", "-3e-2", "+.5", "7."]).tolist() == [1, 2.5, -0.03, 0.5, 7]


@pytest.mark.parametrize("cell", [*sorted(MISSING), "  ", " NA "])
def test_missing_cells_are_nan(cell: str) -> None:
    assert math.isnan(number(cell))
    assert np.isnan(numbers(["1", cell])).tolist() == [False, True]


@pytest.mark.parametrize("cell", ["abc", "1_000", "0x10", "1,5", "True", "None", "1 2", "-"])
def test_text_is_not_a_number(cell: str) -> None:
    with pytest.raises(ValueError):
        number(cell)
    with pytest.raises(ValueError):
        numbers(["1", cell])


def test_labels_take_the_one_type_that_fits_all() -> None:
    def typed(*texts: str) -> list[tuple[type, object]]:
        return [(type(label), label) for label in labels(texts)]

    assert typed("3", "1.0") == [(int, 3), (int, 1)]
    assert typed("0.5", "1") == [(float, 0.5), (int, 1)]
    assert typed("True", "false") == [(bool, True), (bool, False)]
    assert typed("3", "b") == [(str, "3"), (str, "b")]
    assert typed("inf", "1") == [(str, "inf"), (str, "1")]
