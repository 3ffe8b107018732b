from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics

from nncli.reporting.scores import confusion_counts, predicted_classes, roc_curve


@pytest.mark.parametrize("classes", [2, 3, 10, 1000])
def test_confusion_is_scikit_learns(classes):
    generator = np.random.default_rng(classes)
    y_true = generator.integers(0, classes, 2000)
    y_pred = np.where(generator.random(2000) < 0.6, y_true, generator.integers(0, classes, 2000))
    expected = metrics.confusion_matrix(y_true, y_pred, labels=range(classes))
    np.testing.assert_array_equal(confusion_counts(y_true, y_pred, classes), expected)


def test_a_class_without_rows_keeps_its_place():
    counts = confusion_counts(np.array([0, 0, 2], np.int32), np.array([0, 2, 2]), 4)
    assert counts.tolist() == [[1, 0, 1, 0], [0] * 4, [0, 0, 1, 0], [0] * 4]


def test_which_class_a_probability_means():
    assert predicted_classes(np.array([[0.4], [0.5], [0.51]])).tolist() == [0, 0, 1]
    assert predicted_classes(np.array([[0.2, 0.5, 0.3], [0.6, 0.1, 0.3]])).tolist() == [1, 0]


@given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 8)), min_size=2, max_size=60).filter(
        lambda rows: len({positive for positive, _ in rows}) == 2
    )
)
def test_roc_is_scikit_learns(rows):
    is_positive = np.array([positive for positive, _ in rows])
    scores = np.array([score for _, score in rows]) / 8
    curve = roc_curve(is_positive, scores)
    false_rate, true_rate, _ = metrics.roc_curve(is_positive, scores, drop_intermediate=False)
    np.testing.assert_allclose(curve.false_rate, false_rate, atol=1e-15)
    np.testing.assert_allclose(curve.true_rate, true_rate, atol=1e-15)
    assert curve.area == pytest.approx(metrics.roc_auc_score(is_positive, scores), abs=1e-12)


def test_roc_by_hand():
    curve = roc_curve(np.array([True, False, True, False]), np.array([0.9, 0.8, 0.7, 0.1]))
    assert curve.false_rate.tolist() == [0, 0, 0.5, 0.5, 1]
    assert curve.true_rate.tolist() == [0, 0.5, 0.5, 1, 1]
    assert curve.area == 0.75
