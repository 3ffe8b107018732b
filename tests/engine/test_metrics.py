"""Every registered metric: what Keras's evaluate reports over batches, the last one short."""

from __future__ import annotations

import json

import numpy as np
import pytest

from nncli.engine.metrics import Metric
from nncli.engine.metrics.base import distinct
from tests.engine import support
from tests.golden.metric_cases import METRICS

each_case = pytest.mark.parametrize("key", METRICS)


def built(key: str) -> Metric:
    metric: Metric = support.make(Metric, METRICS[key]["component"])
    steps = (METRICS[key]["steps"],) if "steps" in METRICS[key] else ()
    metric.build((*steps, METRICS[key]["width"]), sparse=METRICS[key]["targets"] == "index")
    return metric


def measured(metric: Metric, y_true: np.ndarray, y_pred: np.ndarray, batch: int) -> np.ndarray:
    metric.reset()
    for start in range(0, len(y_true), batch):
        metric.update(y_true[start : start + batch], y_pred[start : start + batch])
    return np.asarray(metric.result())


def test_every_metric_has_a_case() -> None:
    assert not support.members_without_case(Metric, METRICS)


@each_case
@pytest.mark.parametrize("batch", [4, 1, 100])
def test_result_is_that_of_keras(key: str, batch: int) -> None:
    golden = support.golden("metrics")[key]
    result = measured(built(key), golden["y_true"], golden["y_pred"], batch)
    result = result.reshape(golden["result"].shape)  # Keras's f1_score of one class is an array
    assert support.error(result, golden["result"]) <= support.tolerance(METRICS[key])


@each_case
@pytest.mark.parametrize("batch", [4, 100])
def test_weighted_result_is_that_of_keras(key: str, batch: int) -> None:
    golden = support.golden("metrics")[key]
    metric = built(key)
    for start in range(0, len(golden["weights"]), batch):
        rows = slice(start, start + batch)
        metric.update(*(golden[name][rows] for name in ("y_true", "y_pred", "weights")))
    result = np.asarray(metric.result()).reshape(golden["weighted"].shape)
    assert support.error(result, golden["weighted"]) <= support.tolerance(METRICS[key])


def test_a_name_that_is_taken_gets_a_number() -> None:
    """keras 3.15: two Precision() and one Recall() are precision, precision_1, recall."""
    plain = ("precision", {"type": "precision", "thresholds": 0.7}, "recall", "precision")
    metrics = [support.make(Metric, one) for one in plain]
    named = distinct(metrics)
    assert [one.column for one in named] == ["precision", "precision_1", "recall", "precision_2"]
    assert named[1].thresholds == 0.7
    assert metrics[1].column == "precision"


@each_case
def test_reset_forgets(key: str) -> None:
    golden = support.golden("metrics")[key]
    metric = built(key)
    first = measured(metric, golden["y_true"], golden["y_pred"], 100)
    measured(metric, golden["y_true"][::-1], golden["y_pred"], 100)
    assert np.array_equal(measured(metric, golden["y_true"], golden["y_pred"], 100), first)


@each_case
def test_weight_two_is_a_row_twice(key: str) -> None:
    if "num_regressors" in METRICS[key]["component"]:
        return  # adjusts by how many rows there are
    golden = support.golden("metrics")[key]
    y_true, y_pred = golden["y_true"], golden["y_pred"]
    weights = np.where(np.arange(len(y_true)) % 3, 1.0, 2.0)
    metric = built(key)
    metric.update(y_true, y_pred, weights)
    weighted = np.asarray(metric.result())
    times = weights.astype(int)
    repeated = measured(metric, y_true.repeat(times, axis=0), y_pred.repeat(times, axis=0), 100)
    assert support.error(weighted, repeated) <= 1e-12


@each_case
def test_config_round_trip(key: str) -> None:
    metric = support.make(Metric, METRICS[key]["component"])
    again = json.loads(json.dumps(support.as_plain(metric)))
    assert support.make(Metric, again) == metric
