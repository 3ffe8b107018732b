"""Dropout: what is dropped, how often, and that the gradient knows."""

from __future__ import annotations

import numpy as np
import pytest

from tests.engine import support
from tests.golden.cases import take, use

ROWS = 4000


@pytest.mark.parametrize("rate", [0.0, 0.25, 0.5, 0.9])
def test_drops_its_share_and_scales_the_rest(rate: float) -> None:
    case = {"layers": [take(10), use("Dropout", rate=rate)], "rows": ROWS}
    model = support.shifted(case)
    ones = np.ones((ROWS, 10))
    (outputs,) = support.run(model, (ones,), training=True, d_outputs=(3 * ones,))
    assert np.allclose(np.unique(outputs), [0.0, 1 / (1 - rate)] if rate else [1.0])
    deviation = np.sqrt(rate * (1 - rate) / outputs.size)
    assert abs((outputs == 0).mean() - rate) <= 5 * deviation
    by_column = (outputs == 0).mean(axis=0)
    assert np.abs(by_column - rate).max() <= 5 * deviation * np.sqrt(10)
    assert np.allclose(support.gradients(model)["shift_0/shift"], 3 * outputs)


def test_everything_can_be_dropped() -> None:
    model = support.shifted({"layers": [take(4), use("Dropout", rate=1.0)], "rows": 3})
    (outputs,) = support.run(model, (np.ones((3, 4)),), training=True)
    assert not outputs.any()


def test_draws_anew_in_each_step_and_nothing_in_inference() -> None:
    model = support.shifted({"layers": [take(50), use("Dropout", rate=0.5)], "rows": 8})
    ones = np.ones((8, 50))
    (first,), (second,) = (support.run(model, (ones,), training=True) for _ in range(2))
    assert not np.array_equal(first, second)
    (passed,) = support.run(model, (ones,), training=False)
    assert np.array_equal(passed, ones)
    assert np.array_equal(model.predict((ones,))[0], ones)


def test_two_layers_draw_differently() -> None:
    layers = [
        take(60, name="x"),
        use("Dropout", rate=0.5, inputs=["x"]),
        use("Dropout", rate=0.5, inputs=["x"]),
    ]
    model = support.shifted({"layers": layers, "rows": 2})
    one, other = support.run(model, (np.ones((2, 60)),), training=True)
    assert not np.array_equal(one, other)
