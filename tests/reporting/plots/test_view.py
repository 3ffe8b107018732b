from __future__ import annotations

import numpy as np
import pytest

from nncli.reporting.plots.view import view_of


def assert_shows(view, low, high):
    """The view holds low and high, and little besides."""
    assert view.bottom < low < high < view.top
    assert view.top - view.bottom < 1.2 * (high - low)


def test_usual_curves_are_shown_whole_and_straight():
    accuracy = np.linspace(0.5, 1, 50)
    loss = 0.7 * np.linspace(1, 0.1, 50)
    for values in (accuracy, loss, np.append(accuracy, np.ones(500))):
        view = view_of(values)
        assert not view.logarithmic
        assert_shows(view, values.min(), values.max())


def test_huge_first_epochs_are_left_out():
    late = np.linspace(0.4, 0.3, 30)
    assert_shows(view_of(np.append([1e6, 1e5], late)), 0.3, 0.4)
    assert_shows(view_of(np.append([-500], late)), 0.3, 0.4)
    assert_shows(view_of(np.array([1e6, 1.2, 1.1, 1.0, 0.9])), 0.9, 1.2)


@pytest.mark.parametrize(
    "values", [1e3 * np.exp(-np.arange(100) / 8), 1 / np.arange(1, 5001), np.logspace(2, -6, 40)]
)
def test_a_fall_over_orders_of_magnitude_is_logarithmic(values):
    view = view_of(values)
    assert view.logarithmic
    assert 0 < view.bottom < values.min() < values.max() < view.top


@pytest.mark.parametrize("value", [0.0, 0.6931, -3.0, 1e-9, 1e30])
def test_a_constant_has_room(value):
    view = view_of(np.full(10, value))
    assert view.bottom < value < view.top
    assert np.isfinite([view.bottom, view.top]).all()
