from __future__ import annotations

import math

import numpy as np
import pytest

from nncli.reporting.plots import draw_values


def names_of(paths):
    return [path.name for path in paths]


def test_one_target(tmp_path, seen):
    y_true, y_pred = np.array([[10.0], [20.0], [30.0]]), np.array([[11.0], [18.0], [30.0]])
    paths = draw_values(tmp_path, ["mpg"], y_true, y_pred, split="test")
    assert names_of(paths) == ["predicted_vs_true.png", "residuals.png"]

    against = seen["predicted_vs_true.png"]
    assert against["labels"] == ("true mpg", "predicted mpg")
    assert ([10, 20, 30], [11, 18, 30]) in against["curves"]
    assert against["texts"] == ["Predicted against true", "3 test rows, off by 1 on average"]

    residuals = seen["residuals.png"]
    assert residuals["labels"] == ("predicted mpg", "true minus predicted")
    assert ([11, 18, 30], [-1, 2, 0]) in residuals["curves"]
    # mean 1/3, deviation sqrt((16 + 25 + 1) / 27)
    assert residuals["texts"][1] == "3 test rows, mean 0.333, standard deviation 1.25"


def test_several_targets_have_their_names_at_the_end(tmp_path):
    values = np.arange(6.0).reshape(3, 2)
    paths = draw_values(tmp_path, ["x", "km/h"], values, values + 1, split="test")
    assert names_of(paths) == [
        *("predicted_vs_true_x.png", "residuals_x.png"),
        *("predicted_vs_true_km_h.png", "residuals_km_h.png"),
    ]


def test_a_thousand_targets_are_not_a_thousand_pictures(tmp_path):
    values = np.ones((2, 1000))
    paths = draw_values(tmp_path, [str(i) for i in range(1000)], values, values, split="test")
    assert len(paths) == 12


@pytest.mark.parametrize("rows", [1, 3000, 3001])
@pytest.mark.parametrize("scale", [0.0, 1e-30, 1.0, 1e12])
def test_any_number_of_rows_and_any_size(tmp_path, rows, scale):
    true = np.random.default_rng(0).normal(size=(rows, 1)).astype(np.float32) * scale
    assert len(draw_values(tmp_path, ["y"], true, true * 1.1, split="validation")) == 2


def test_values_that_are_not_finite_are_left_out(tmp_path, seen):
    true = np.array([[1.0], [2.0], [3.0], [4.0]])
    predicted = np.array([[1.0], [math.nan], [math.inf], [5.0]])
    draw_values(tmp_path, ["y"], true, predicted, split="test")
    assert seen["predicted_vs_true.png"]["texts"][1] == "2 test rows, off by 0.5 on average"
    assert draw_values(tmp_path, ["y"], true, true * math.nan, split="test") == []
    assert draw_values(tmp_path, ["y"], true[:0], true[:0], split="test") == []
