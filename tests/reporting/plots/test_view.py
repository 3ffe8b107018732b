from __future__ import annotations

import math

import numpy as np
import pytest

from nncli.reporting.plots.view import view_of


def assert_shows(curve, low, high):
    """The view is linear, holds low and high, and little besides."""
    view = view_of(np.array([curve]))
    assert not view.logarithmic
    assert view.bottom < low < high < view.top
    assert view.top - view.bottom < 1.2 * (high - low)


@pytest.mark.parametrize(
    "curve",
    [
        np.linspace(0.5, 1, 50),
        0.7 * np.linspace(1, 0.1, 50),
        [0.5, 0.75, *np.ones(500)],
        np.logspace(-3, 0, 40),
        [2.5, 1.5, *np.linspace(1, 0.6, 20)],
    ],
)
def test_usual_curves_are_shown_whole(curve):
    assert_shows(curve, min(curve), max(curve))


@pytest.mark.parametrize("first", [[1e6, 1e5], [-500.0], [math.nan, 100.0], [4.0]])
def test_huge_first_epochs_are_left_out(first):
    assert_shows([*first, *np.linspace(0.4, 0.3, 30)], 0.3, 0.4)


def test_of_few_epochs_the_first_can_be_left_out():
    assert_shows([1e6, 1.2, 1.1, 1.0, 0.9], 0.9, 1.2)


def test_values_that_explode_later_are_shown():
    assert_shows([*np.linspace(0.4, 0.3, 30), 1e6], 0.3, 1e6)


@pytest.mark.parametrize(
    "curve", [1e3 * np.exp(-np.arange(100) / 8), 1 / np.arange(1, 5001), np.logspace(2, -6, 40)]
)
def test_a_fall_over_orders_of_magnitude_is_logarithmic(curve):
    view = view_of(np.array([curve, 1.1 * curve]))
    assert view.logarithmic
    assert 0 < view.bottom < min(curve) < 1.1 * max(curve) < view.top


@pytest.mark.parametrize("value", [0.0, 0.6931, -3.0, 1e-9, 1e30])
@pytest.mark.parametrize("epochs", [1, 10])
def test_a_constant_has_room(value, epochs):
    view = view_of(np.full((2, epochs), value))
    assert view.bottom < value < view.top
    assert np.isfinite([view.bottom, view.top]).all()


def test_one_finite_value_is_enough():
    view = view_of(np.array([[0.5, math.nan, math.inf]]))
    assert view.bottom < 0.5 < view.top
