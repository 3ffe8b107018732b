"""Every registered loss: Keras's value and gradient, on logits too, and its own gradient."""

from __future__ import annotations

import json
import tracemalloc

import numpy as np
import pytest

from nncli.engine.losses import Loss
from tests.engine import support
from tests.golden.loss_cases import LOSSES

each_case = pytest.mark.parametrize("key", LOSSES)
SMOOTH = [
    key
    for key, case in LOSSES.items()
    if case["predictions"] in ("values", "probabilities", "distributions")
]


def built(key: str, rows: int) -> Loss:
    """Return the case's loss as a model would make it, ready for float64 predictions."""
    loss: Loss = support.make(Loss, LOSSES[key]["component"])
    if "activation" in LOSSES[key]:
        assert LOSSES[key]["activation"] in loss.fuses
        loss = loss.on_logits()
    loss.set_float_type(np.dtype(np.float64))
    steps = (LOSSES[key]["steps"],) if "steps" in LOSSES[key] else ()
    loss.build((*steps, LOSSES[key]["width"]))
    support.bind(loss, rows)
    return loss


def test_every_loss_has_cases() -> None:
    assert not support.members_without_case(Loss, LOSSES, at_least=2)


@each_case
def test_value_and_gradient_are_those_of_keras(key: str) -> None:
    golden = support.golden("losses")[key]
    y_true, y_pred = golden["y_true"], golden["y_pred"]
    loss = built(key, len(y_pred))
    values, d_pred = loss.values(y_true, y_pred), np.empty_like(y_pred)
    assert values.shape == y_pred.shape[:-1]
    loss.gradient(y_true, y_pred, d_pred)
    ours = {"loss": values.mean(), "d_y_pred": d_pred / values.size}
    truth = {name: golden[name] for name in ours}
    support.assert_close(ours, truth, support.tolerance(LOSSES[key]))


@pytest.mark.parametrize("key", SMOOTH)
def test_gradient_is_a_central_difference(key: str) -> None:
    golden = support.golden("losses")[key]
    y_true, y_pred = golden["y_true"], golden["y_pred"].copy()
    loss, d_pred = built(key, len(y_pred)), np.empty_like(y_pred)
    loss.gradient(y_true, y_pred, d_pred)
    support.assert_gradient(lambda: float(loss.values(y_true, y_pred).sum()), y_pred, d_pred)


@each_case
def test_inputs_stay_as_they_were(key: str) -> None:
    golden = support.golden("losses")[key]
    y_true, y_pred = golden["y_true"].copy(), golden["y_pred"].copy()
    loss = built(key, len(y_pred))
    loss.values(y_true, y_pred)
    loss.gradient(y_true, y_pred, np.empty_like(y_pred))
    assert np.array_equal(y_true, golden["y_true"])
    assert np.array_equal(y_pred, golden["y_pred"])


@each_case
def test_gradient_allocates_nothing(key: str) -> None:
    golden = support.golden("losses")[key]
    y_true, y_pred = (golden[name].repeat(20_000, axis=0) for name in ("y_true", "y_pred"))
    loss, d_pred = built(key, len(y_pred)), np.empty_like(y_pred)
    tracemalloc.start()
    loss.gradient(y_true, y_pred, d_pred)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < support.NUMPYS_OWN_BYTES < y_pred.nbytes


@each_case
def test_config_round_trip(key: str) -> None:
    loss = support.make(Loss, LOSSES[key]["component"])
    again = json.loads(json.dumps(support.as_plain(loss)))
    assert support.make(Loss, again) == loss
