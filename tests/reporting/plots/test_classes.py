from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from nncli.reporting.plots import draw_classes

TRUE = np.array([0, 0, 0, 1, 1])
SCORES = np.array([[0.1], [0.2], [0.7], [0.9], [0.4]])


def names_of(paths):
    return [path.name for path in paths]


def test_two_classes(tmp_path, seen):
    paths = draw_classes(tmp_path, ["no", "yes"], TRUE, SCORES, split="test")
    assert names_of(paths) == ["confusion_matrix.png", "roc.png"]
    matrix = seen["confusion_matrix.png"]
    assert matrix["texts"] == [
        *("Confusion matrix", "5 test rows, 60 % right"),
        *("no", "no", "yes", "yes", "2", "1", "1", "1"),
    ]
    assert matrix["labels"] == (
        "predicted class",
        "true class, shaded by the share of its rows",
    )

    roc = seen["roc.png"]
    # pairs (positive, negative) ranked rightly: 0.9 over all three, 0.4 over two of them
    assert roc["texts"] == ["ROC curve, AUC 0.8333", "5 test rows, positive is yes"]
    found = "threshold 0.5: 50 % found,\n33.3 % false alarms"
    assert roc["legends"] == ["chance", found]
    assert roc["labels"] == ("false positive rate", "true positive rate")
    assert ([1 / 3], [0.5]) in roc["curves"]


def test_one_column_and_two_columns_are_the_same_pictures(tmp_path):
    one = draw_classes(tmp_path / "1", ["no", "yes"], TRUE, SCORES, split="test")
    both = np.hstack([1 - SCORES, SCORES])
    two = draw_classes(tmp_path / "2", ["no", "yes"], TRUE, both, split="test")
    for first, second in zip(one, two, strict=True):
        assert first.read_bytes() == second.read_bytes()


def test_roc_needs_rows_of_either_class(tmp_path):
    paths = draw_classes(tmp_path, ["no", "yes"], np.ones(5, int), SCORES, split="test")
    assert names_of(paths) == ["confusion_matrix.png"]


def test_no_rows_no_picture(tmp_path):
    assert draw_classes(tmp_path, ["a", "b"], TRUE[:0], SCORES[:0], split="test") == []


@pytest.mark.parametrize("classes", [3, 10, 30, 31, 60, 61, 300])
def test_many_classes(tmp_path, seen, classes):
    generator = np.random.default_rng(0)
    y_true = generator.integers(0, classes, 500)
    probabilities = generator.random((500, classes)) + 2 * np.eye(classes)[y_true]
    labels = [f"class {number}" for number in range(classes)]
    paths = draw_classes(tmp_path, labels, y_true, probabilities, split="validation")
    assert names_of(paths) == ["confusion_matrix.png"]
    texts = seen["confusion_matrix.png"]["texts"]
    assert ("class 2" in texts) is (classes <= 60)
    assert any(text.isdigit() for text in texts) is (classes <= 30)
    with Image.open(paths[0]) as image:
        assert max(image.size) < 2500


@pytest.mark.parametrize(
    "label", ["", "$5 to $10", "a" * 500, "two\nlines", "実験", "\\frac{", "🦜"]
)
def test_any_label(tmp_path, seen, label):
    draw_classes(tmp_path, ["no", label], TRUE, SCORES, split="test")
    assert seen["confusion_matrix.png"]["size"][0] < 1000


def test_long_names_keep_both_ends(tmp_path, seen):
    labels = [f"a rather long name of the class {number}" for number in range(3)]
    probabilities = np.eye(3)[[0, 1, 2, 0, 1]]
    draw_classes(tmp_path, labels, np.array([0, 1, 2, 0, 1]), probabilities, split="test")
    texts = seen["confusion_matrix.png"]["texts"]
    assert {f"a rather lo…he class {number}" for number in range(3)} <= set(texts)
