"""Layers that draw: what they draw, how often, and that the gradient knows of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nncli.engine.types import Array
from nncli.errors import ShapeError
from tests.engine import support
from tests.golden.words import Case, take, use

ROWS = 4000
EACH: dict[str, Case] = {
    "Dropout": use("Dropout", rate=0.25),
    "SpatialDropout1D": use("SpatialDropout1D", rate=0.25),
    "SpatialDropout2D": use("SpatialDropout2D", rate=0.25),
    "GaussianNoise": use("GaussianNoise", stddev=0.5),
    "GaussianDropout": use("GaussianDropout", rate=0.2),
    "AlphaDropout": use("AlphaDropout", rate=0.25),
}
SHAPES = {"SpatialDropout1D": (5, 10), "SpatialDropout2D": (3, 2, 10)}
each_layer = pytest.mark.parametrize("kind", EACH)


def drawn(layer: Case, inputs: Array, d_outputs: Array) -> tuple[Array, Array]:
    """Return the outputs and the gradient of the inputs in a training step."""
    case = {"layers": [take(*inputs.shape[1:]), layer], "rows": len(inputs)}
    model = support.shifted(case)
    (outputs,) = support.run(model, (inputs,), training=True, d_outputs=(d_outputs,))
    return outputs, support.gradients(model)["shift_0/shift"]


def model_of(kind: str, *, rows: int) -> tuple[Any, Array]:
    shape = SHAPES.get(kind, (10,))
    model = support.shifted({"layers": [take(*shape), EACH[kind]], "rows": rows})
    return model, np.random.default_rng(5).normal(size=(rows, *shape))


@pytest.mark.parametrize("rate", [0.0, 0.25, 0.5, 0.9])
def test_drops_its_share_and_scales_the_rest(rate: float) -> None:
    ones = np.ones((ROWS, 10))
    outputs, gradient = drawn(use("Dropout", rate=rate), ones, 3 * ones)
    assert np.allclose(np.unique(outputs), [0.0, 1 / (1 - rate)] if rate else [1.0])
    deviation = np.sqrt(rate * (1 - rate) / outputs.size)
    assert abs((outputs == 0).mean() - rate) <= 5 * deviation
    by_column = (outputs == 0).mean(axis=0)
    assert np.abs(by_column - rate).max() <= 5 * deviation * np.sqrt(10)
    assert np.allclose(gradient, 3 * outputs)


@pytest.mark.parametrize("kind", ["Dropout", "SpatialDropout1D"])
def test_everything_can_be_dropped(kind: str) -> None:
    ones = np.ones((3, 5, 4))
    outputs, gradient = drawn(use(kind, rate=1.0), ones, ones)
    assert not outputs.any()
    assert not gradient.any()


@each_layer
def test_draws_anew_in_each_step_and_nothing_in_inference(kind: str) -> None:
    model, inputs = model_of(kind, rows=8)
    (first,), (second,) = (support.run(model, (inputs,), training=True) for _ in range(2))
    assert not np.array_equal(first, second)
    (passed,) = support.run(model, (inputs,), training=False)
    assert np.array_equal(passed, inputs)
    assert np.array_equal(model.predict((inputs,))[0], inputs)


@each_layer
def test_gradient_follows_the_same_noise(kind: str) -> None:
    """Outputs are linear in the inputs, so two points and the noise of one seed give the slope."""
    model, inputs = model_of(kind, rows=8)
    twin, _ = model_of(kind, rows=8)
    d_outputs = np.random.default_rng(6).normal(size=inputs.shape)
    (outputs,) = support.run(model, (inputs,), training=True, d_outputs=(d_outputs,))
    (higher,) = support.run(twin, (inputs + 1.0,), training=True)
    gradient = support.gradients(model)["shift_0/shift"]
    assert np.allclose(gradient, d_outputs * (higher - outputs))


@pytest.mark.parametrize(
    ("layer", "shape", "shared"),
    [
        (use("SpatialDropout1D", rate=0.5), (6, 4), (1,)),
        (use("SpatialDropout2D", rate=0.5), (3, 2, 4), (1, 2)),
        (use("Dropout", rate=0.5, noise_shape=[None, 1, None]), (6, 4), (1,)),
        (use("Dropout", rate=0.5, noise_shape=[1, 6, 1]), (6, 4), (0, 2)),
        (use("AlphaDropout", rate=0.5, noise_shape=[None, None, 1]), (6, 4), (2,)),
    ],
)
def test_shares_what_is_drawn_along_some_axes(
    layer: Case, shape: tuple[int, ...], shared: tuple[int, ...]
) -> None:
    ones = np.ones((64, *shape))
    outputs, gradient = drawn(layer, ones, ones)
    assert np.ptp(outputs, axis=shared).max() == np.ptp(gradient, axis=shared).max() == 0.0
    others = tuple(axis for axis in range(outputs.ndim) if axis not in shared)
    assert np.ptp(outputs, axis=others).min() > 0.0


def test_gaussian_layers_have_their_deviation() -> None:
    ones = np.ones((ROWS, 10))
    for layer, deviation in (
        (use("GaussianNoise", stddev=0.25), 0.25),
        (use("GaussianDropout", rate=0.2), 0.5),
    ):
        outputs, _ = drawn(layer, ones, ones)
        assert abs(outputs.mean() - 1.0) <= 5 * deviation / np.sqrt(outputs.size)
        assert abs(outputs.std() / deviation - 1.0) <= 5 / np.sqrt(2 * outputs.size)


@pytest.mark.parametrize("rate", [0.1, 0.5, 0.9])
def test_alpha_dropout_keeps_mean_and_variance(rate: float) -> None:
    random = np.random.default_rng(4)
    inputs = random.normal(size=(ROWS, 10))
    outputs, gradient = drawn(use("AlphaDropout", rate=rate), inputs, np.ones_like(inputs))
    assert abs(outputs.mean()) <= 0.05
    assert abs(outputs.var() - 1.0) <= 0.1
    dropped = gradient == 0
    assert abs(dropped.mean() - rate) <= 5 * np.sqrt(rate * (1 - rate) / inputs.size)
    limit, a = -1.7580993408473766, gradient.max()
    assert np.allclose(outputs[dropped], a * limit * (1 - rate))  # a * limit + b
    assert np.allclose(outputs[~dropped], a * inputs[~dropped] - a * limit * rate)


def test_two_layers_draw_differently() -> None:
    layers = [
        take(60, name="x"),
        use("Dropout", rate=0.5, inputs=["x"]),
        use("Dropout", rate=0.5, inputs=["x"]),
    ]
    model = support.shifted({"layers": layers, "rows": 2})
    one, other = support.run(model, (np.ones((2, 60)),), training=True)
    assert not np.array_equal(one, other)


@pytest.mark.parametrize("sizes", [[None, 1], [None, 3, None], [None, 1, 1, 1]])
def test_noise_that_does_not_fit(sizes: list[int | None]) -> None:
    layer = use("Dropout", rate=0.5, noise_shape=sizes)
    with pytest.raises(ShapeError, match=r"doesn't fit inputs of \(None, 6, 4\)"):
        support.shifted({"layers": [take(6, 4), layer], "rows": 2})
