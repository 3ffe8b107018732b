"""Layers that are fitted before training: to the training rows, as Keras's adapt does it."""

from __future__ import annotations

import numpy as np
import pytest

from nncli.engine.model import Model
from nncli.training.adapting import adapt
from tests.engine import support
from tests.golden.run_cases import RUNS
from tests.golden.test_fit import Rows
from tests.golden.words import Case, take, use


def adapted(layers: list[Case], inputs: np.ndarray, batch_size: int = 4) -> Model:
    model = Model(support.layers_of({"layers": layers}), seed=3, dtype="float64")
    adapt(model, Rows((inputs,), (inputs,)), batch_size)
    return model


@pytest.mark.parametrize("batch_size", [1, 4, 100])
def test_statistics_are_those_of_keras(batch_size: int) -> None:
    golden = support.golden("runs")["mean_squared_error.normalized"]
    layers = RUNS["mean_squared_error.normalized"]["layers"]
    model = adapted(layers, golden["inputs"], batch_size)
    for name in ("normalization/mean", "normalization/variance", "normalization/count"):
        truth = golden[f"initial/{name}"]
        assert support.error(model.weights()[name], truth) <= support.EXACT


@pytest.mark.parametrize("axis", [-1, 1, [1, 2], None])
def test_each_place_of_the_axis_has_its_own(axis: int | list[int] | None) -> None:
    inputs = np.random.default_rng(2).normal(1e6, 1.0, (11, 3, 4))
    model = adapted([take(3, 4), use("Normalization", axis=axis)], inputs)
    over = {-1: (0, 1), 1: (0, 2), None: (0, 1, 2)}.get(axis if axis != [1, 2] else 0, (0,))
    assert np.allclose(model.weights()["normalization/mean"], inputs.mean(axis=over), rtol=1e-12)
    assert np.allclose(model.weights()["normalization/variance"], inputs.var(axis=over), rtol=1e-9)
    (outputs,) = model.predict((inputs,))
    assert np.allclose(outputs.mean(axis=over), 0.0, atol=1e-7)
    assert np.allclose(outputs.var(axis=over), 1.0)


def test_one_behind_others_sees_what_they_make_of_the_rows() -> None:
    inputs = np.random.default_rng(2).normal(3.0, 2.0, (11, 4))
    first, hidden = use("Normalization"), use("Dense", units=3, activation="tanh")
    model = adapted([take(4), first, hidden, use("Normalization"), use("Dense", units=1)], inputs)
    weights = model.weights()
    scaled = (inputs - inputs.mean(axis=0)) / inputs.std(axis=0)
    reaching = np.tanh(scaled @ weights["dense/kernel"])
    assert np.allclose(weights["normalization_1/mean"], reaching.mean(axis=0))
    assert np.allclose(weights["normalization_1/variance"], reaching.var(axis=0))


def test_what_the_config_gives_is_not_fitted() -> None:
    given = use("Normalization", mean=1.0, variance=4.0)
    model = adapted([take(2), given], np.full((3, 2), 7.0))
    assert model.weights() == {}
    assert np.allclose(model.predict((np.full((1, 2), 7.0),))[0], 3.0)


def test_a_column_of_one_value_becomes_zeros() -> None:
    inputs = np.full((5, 2), 7.0)
    model = adapted([take(2), use("Normalization")], inputs)
    assert not model.predict((inputs,))[0].any()
