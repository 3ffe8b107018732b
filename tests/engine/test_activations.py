"""Every registered activation: Keras's values and gradient, its own gradient, in place."""

from __future__ import annotations

import json
import tracemalloc

import numpy as np
import pytest

from nncli.engine.activations import Activation
from tests.engine import support
from tests.golden.function_cases import ACTIVATIONS, bare

each_case = pytest.mark.parametrize("key", ACTIVATIONS)


def built(key: str, rows: int, columns: int) -> Activation:
    """Return the case's activation, ready for float64 arrays of (rows, columns)."""
    activation: Activation = support.make(Activation, bare(ACTIVATIONS[key]))
    activation.set_float_type(np.dtype(np.float64))
    activation.build((columns,))
    support.bind(activation, rows)
    return activation


def test_every_activation_has_a_case() -> None:
    assert not support.members_without_case(Activation, ACTIVATIONS)


@each_case
def test_values_and_gradient_are_those_of_keras(key: str) -> None:
    golden = support.golden("activations")[key]
    activation = built(key, *golden["x"].shape)
    y, d_x = np.empty_like(golden["x"]), golden["d_y"].copy()
    activation.forward(golden["x"], y)
    activation.backward(golden["x"], y, d_x)
    truth = {"y": golden["y"], "d_x": golden["d_x"]}
    support.assert_close({"y": y, "d_x": d_x}, truth, support.tolerance(ACTIVATIONS[key]))


@each_case
def test_the_calls_that_layers_list_do_the_same(key: str) -> None:
    golden = support.golden("activations")[key]
    activation = built(key, *golden["x"].shape)
    y, d_x = np.empty_like(golden["x"]), golden["d_y"].copy()
    for run, arguments in activation.forward_calls(golden["x"], y):
        run(*arguments)
    for run, arguments in activation.backward_calls(golden["x"], y, d_x):
        run(*arguments)
    truth = {"y": golden["y"], "d_x": golden["d_x"]}
    support.assert_close({"y": y, "d_x": d_x}, truth, support.tolerance(ACTIVATIONS[key]))


@each_case
def test_gradient_is_a_central_difference(key: str) -> None:
    random = np.random.default_rng(5)
    activation = built(key, 4, 3)
    x, d_y, y = random.normal(size=(4, 3)), random.normal(size=(4, 3)), np.empty((4, 3))

    def projected() -> float:
        activation.forward(x, y)
        return float(np.vdot(d_y, y))

    projected()
    d_x = d_y.copy()
    activation.backward(x, y, d_x)
    support.assert_gradient(projected, x, d_x)


@each_case
def test_works_in_place_unless_it_keeps_its_inputs(key: str) -> None:
    golden = support.golden("activations")[key]
    activation = built(key, *golden["x"].shape)
    if activation.keeps_inputs:
        return
    values, d_x = golden["x"].copy(), golden["d_y"].copy()
    activation.forward(values, values)
    activation.backward(values, values, d_x)
    assert support.error(values, golden["y"]) <= support.tolerance(ACTIVATIONS[key])
    assert support.error(d_x, golden["d_x"]) <= support.tolerance(ACTIVATIONS[key])


@each_case
def test_float32_is_near_float64(key: str) -> None:
    golden = support.golden("activations")[key]
    activation = support.make(Activation, bare(ACTIVATIONS[key]))
    activation.build(golden["x"].shape[1:])
    support.bind(activation, len(golden["x"]))
    y = np.empty(golden["x"].shape, np.float32)
    activation.forward(golden["x"].astype(np.float32), y)
    assert support.error(y, golden["y"]) <= 1e-6


@each_case
def test_step_allocates_nothing(key: str) -> None:
    activation = built(key, 50_000, 4)
    x = np.random.default_rng(1).normal(size=(50_000, 4))
    y, d_y = np.empty_like(x), np.ones_like(x)
    tracemalloc.start()
    activation.forward(x, y)
    activation.backward(x, y, d_y)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < support.NUMPYS_OWN_BYTES < x.nbytes


@each_case
def test_config_round_trip(key: str) -> None:
    activation = built(key, 1, 1)
    again = json.loads(json.dumps(support.as_plain(activation)))
    assert support.make(Activation, again) == activation
