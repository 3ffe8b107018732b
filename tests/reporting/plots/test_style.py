from __future__ import annotations

import subprocess
import sys

import matplotlib
import pytest

from nncli.reporting.plots import draw_history, style


def test_drawing_leaves_the_settings_alone(tmp_path):
    before = dict(matplotlib.rcParams)
    draw_history(tmp_path, ["loss"], [[1.0]], 1)
    assert dict(matplotlib.rcParams) == before


def test_no_screen_and_no_pyplot_is_asked_for():
    code = "import sys, nncli.reporting.plots; print('matplotlib.pyplot' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_the_same_data_is_the_same_bytes(tmp_path):
    (first,) = draw_history(tmp_path / "a", ["loss"], [[1.0], [0.5]], 2)
    (second,) = draw_history(tmp_path / "b", ["loss"], [[1.0], [0.5]], 2)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("name", "length", "expected"),
    [("abc", 3, "abc"), ("abcdef", 5, "ab…ef"), ("abcdef", 4, "ab…f"), (" a\n b ", 9, "a b")],
)
def test_shortened(name, length, expected):
    assert style.shortened(name, length) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.0, "0"), (2.5512, "2.55"), (23312.4, "23,312"), (-1234.0, "-1,234"), (3e12, "3e+12")],
)
def test_rounded(value, expected):
    assert style.rounded(value) == expected


def test_counted():
    assert style.counted(1, "test row") == "1 test row"
    assert style.counted(1000, "test row") == "1,000 test rows"
