from __future__ import annotations

import math

import numpy as np
import pytest

from nncli.reporting.plots import draw_sizes


def test_a_curve_for_every_layer(tmp_path, seen):
    rows = {1: [0.5, 0.25, 1e-3, 1e-6], 2: [0.6, 0.25, 1e-2, 1e-7], 20: [0.7, 0.25, 1e-2, 0.0]}
    paths = draw_sizes(tmp_path / "plots", ["a", "b", "a gradient", "b gradient"], rows)
    assert paths == [tmp_path / "plots" / name for name in ("weights.png", "gradients.png")]
    weights, gradients = seen["weights.png"], seen["gradients.png"]
    assert weights["curves"] == [([1, 2, 20], [0.5, 0.6, 0.7]), ([1, 2, 20], [0.25] * 3)]
    assert gradients["curves"][0] == ([1, 2, 20], [1e-3, 1e-2, 1e-2])
    assert gradients["curves"][1][1][:2] == [1e-6, 1e-7]
    assert math.isnan(gradients["curves"][1][1][2])
    for picture in (weights, gradients):
        assert picture["yscale"] == "log"
        assert picture["legends"] == ["a", "b"]
    assert weights["texts"] == ["Weights", "20 epochs, by layer"]
    assert gradients["texts"][1].endswith("; what is 0 or not finite is left out")
    assert gradients["ylim"][0] < 1e-7


@pytest.mark.parametrize("value", [0.0, 1e-40, 1e30, math.nan, math.inf])
@pytest.mark.parametrize("layers", [1, 90])
def test_any_number_of_layers_and_any_size(tmp_path, seen, layers, value):
    rows = {epoch: [value, *np.full(2 * layers - 1, 0.1)] for epoch in range(1, 101)}
    columns = [f"layer{number}" for number in range(2 * layers)]
    assert len(draw_sizes(tmp_path, columns, rows)) == 2
    assert len(seen["weights.png"]["curves"]) == layers
    assert len(seen["weights.png"]["legends"]) <= 40


def test_nothing_to_draw(tmp_path):
    assert draw_sizes(tmp_path, ["a", "a gradient"], {}) == []
    assert draw_sizes(tmp_path, [], {1: []}) == []
