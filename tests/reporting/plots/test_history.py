from __future__ import annotations

import math

import numpy as np
import pytest
from PIL import Image

from nncli.reporting.plots import draw_history

COLUMNS = ["loss", "accuracy", "val_loss", "val_accuracy", "learning_rate"]
ROWS = [[0.9, 0.5, 0.8, 0.55, 0.1], [0.6, 0.7, 0.7, 0.66, 0.1], [0.4, 0.8, 0.75, 0.6, 0.1]]


def test_a_picture_for_the_loss_and_each_metric(tmp_path):
    paths = draw_history(tmp_path / "plots", COLUMNS, ROWS, 2)
    assert [path.name for path in paths] == ["loss.png", "accuracy.png"]
    assert sorted(paths) == sorted((tmp_path / "plots").iterdir())
    for path in paths:
        with Image.open(path) as image:
            assert image.format == "PNG"
            assert image.width > image.height > 400


def test_what_a_picture_shows(tmp_path, seen):
    draw_history(tmp_path, COLUMNS, ROWS, 2)
    for name, training, validation, best in [
        ("loss", [0.9, 0.6, 0.4], [0.8, 0.7, 0.75], "best epoch 2: 0.7"),
        ("accuracy", [0.5, 0.7, 0.8], [0.55, 0.66, 0.6], "best epoch 2: 0.66"),
    ]:
        picture = seen[f"{name}.png"]
        assert picture["labels"] == ("epoch", "")
        assert picture["legends"] == ["training", "validation"]
        assert picture["texts"] == [name.capitalize(), "3 epochs", best]
        assert picture["curves"][:3] == [
            ([1, 2, 3], training),
            ([1, 2, 3], validation),
            ([2], [validation[1]]),
        ]


@pytest.mark.parametrize(
    ("name", "title"),
    [("auc", "AUC"), ("out_auc", "Out AUC"), ("mean_absolute_error", "Mean absolute error")],
)
def test_metrics_have_their_names_as_titles(tmp_path, seen, name, title):
    draw_history(tmp_path, [name], [[0.9], [0.6]], 2)
    assert seen[f"{name}.png"]["texts"][0] == title


def test_without_validation_the_training_curve_is_marked(tmp_path, seen):
    draw_history(tmp_path, ["loss"], [[0.9], [0.6]], 2)
    assert seen["loss.png"]["legends"] == ["training"]
    assert seen["loss.png"]["curves"][:2] == [([1, 2], [0.9, 0.6]), ([2], [0.6])]


def test_no_best_epoch_is_no_mark(tmp_path, seen):
    draw_history(tmp_path, ["loss"], [[0.9], [0.6]], None)
    assert seen["loss.png"]["curves"] == [([1, 2], [0.9, 0.6])]
    assert seen["loss.png"]["texts"] == ["Loss", "2 epochs", ""]


def test_what_is_left_out_is_said(tmp_path, seen):
    losses = [1e6, *np.linspace(0.4, 0.3, 20)]
    draw_history(tmp_path, ["loss"], [[loss] for loss in losses], 21)
    assert seen["loss.png"]["texts"][1] == "21 epochs; values as far as 1e+06 lie outside"
    assert seen["loss.png"]["ylim"][1] < 1


def test_axes_are_chosen_for_each_metric_anew(tmp_path, seen):
    rows = [[math.exp(-epoch), 0.5 + epoch / 100] for epoch in range(30)]
    draw_history(tmp_path, ["loss", "accuracy"], rows, 30)
    assert seen["loss.png"]["yscale"] == "log"
    assert seen["accuracy.png"]["yscale"] == "linear"


@pytest.mark.parametrize("epochs", [1, 5, 5000])
@pytest.mark.parametrize("value", [0.5, 0.0, math.nan, math.inf])
def test_any_number_of_epochs_and_any_value(tmp_path, epochs, value):
    rows = [[0.1 + 1 / (epoch + 1), value] for epoch in range(epochs)]
    assert len(draw_history(tmp_path, ["loss", "mean_squared_error"], rows, epochs)) == 2


def test_values_that_end_in_nan(tmp_path, seen):
    draw_history(tmp_path, ["loss"], [[0.9], [0.6], [math.nan]], 2)
    assert seen["loss.png"]["texts"][1:] == ["3 epochs", "best epoch 2: 0.6"]
    draw_history(tmp_path, ["loss"], [[math.nan]], None)
    assert seen["loss.png"]["texts"][1] == "1 epoch; no value is finite"


def test_no_epoch_no_picture(tmp_path):
    assert draw_history(tmp_path / "plots", COLUMNS, [], None) == []
    assert not (tmp_path / "plots").exists()


def test_learning_rate_is_drawn_where_it_changes(tmp_path, seen):
    rows = [[*row[:-1], rate] for row, rate in zip(ROWS, [0.1, 0.1, 0.05], strict=True)]
    paths = draw_history(tmp_path, COLUMNS, rows, 2)
    assert [path.name for path in paths] == ["loss.png", "accuracy.png", "learning_rate.png"]
    assert seen["learning_rate.png"]["curves"] == [([1, 2, 3], [0.1, 0.1, 0.05])]
    assert seen["learning_rate.png"]["texts"] == ["Learning rate", "3 epochs"]
    assert seen["learning_rate.png"]["legends"] == []
