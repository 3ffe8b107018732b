"""Scores taken apart, against scikit-learn's."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn import metrics

from nncli.reporting.breakdown import breakdown_text, of_classes, of_errors, of_thresholds


def test_classes_are_scored_as_in_scikit_learns_report() -> None:
    random = np.random.default_rng(0)
    y_true, y_pred = random.integers(0, 3, 60), random.integers(0, 2, 60)  # nobody says the third
    report = metrics.classification_report(y_true, y_pred, output_dict=True, zero_division=0)
    for number, row in enumerate(of_classes(["a", "b", "c"], y_true, y_pred)):
        truth = report[str(number)]
        assert row["class"] == "abc"[number]
        for ours, theirs in (("precision", "precision"), ("recall", "recall"), ("f1", "f1-score")):
            assert row[ours] == pytest.approx(truth[theirs])
        assert row["rows"] == truth["support"]


def test_thresholds_are_scored_as_scikit_learn_does() -> None:
    random = np.random.default_rng(1)
    is_positive, scores = random.random(80) < 0.3, random.random(80)
    for row in of_thresholds(is_positive, scores):
        chosen = scores > row["threshold"]
        assert row["precision"] == pytest.approx(metrics.precision_score(is_positive, chosen))
        assert row["recall"] == pytest.approx(metrics.recall_score(is_positive, chosen))
        assert row["f1"] == pytest.approx(metrics.f1_score(is_positive, chosen))
        assert row["positive"] == chosen.sum()


def test_errors_by_hand() -> None:
    y_true = np.arange(5.0)[:, np.newaxis]
    (row,) = of_errors(["y"], y_true, y_true + np.array([[0], [1], [-2], [3], [4]]))
    assert row == {"target": "y", "50%": 2, "75%": 3, "90%": pytest.approx(3.6),
                   "95%": pytest.approx(3.8), "100%": 4}  # fmt: skip


def test_text() -> None:
    assert breakdown_text({"by class": [{"class": "a", "f1": 0.5, "rows": 3}]}) == (
        "by class\nclass      f1  rows\na      0.5000     3"
    )


def test_the_numbers_of_a_table_look_alike() -> None:
    rows = [{"target": "price", "50%": 46929.3672, "100%": 157800.4}]
    assert breakdown_text({"errors": rows}) == (
        "errors\ntarget     50%     100%\nprice   46,929  157,800"
    )
