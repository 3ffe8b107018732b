"""A normalization and its pooling run as one: the same numbers as one after the other."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nncli.engine.context import Context
from nncli.engine.layers import BatchNormalization, Layer, MaxPooling1D, MaxPooling2D
from nncli.engine.layers.pooled_normalization import join
from nncli.engine.types import Array
from tests.engine import support

ROWS, CHANNELS = 7, 4


def built(shape: tuple[int, ...], pool: Layer, **settings: Any) -> tuple[BatchNormalization, Layer]:
    """Return the two layers; gamma has a positive number, a negative one, a small one and 0."""
    norm = BatchNormalization(name="norm", **settings)
    for layer, above in ((norm, None), (pool, norm)):
        layer.set_float_type(np.dtype(np.float64))
        layer.input_shapes = above.output_shapes if above else (shape,)
        layer.input_masks = (None,)
        layer.output_shapes = layer.build(layer.input_shapes)
    numbers = {
        "gamma": [1.5, -0.7, 1e-3, 0.0],
        "beta": [0.2, 0.0, -3.0, 1.0],
        "moving_mean": [0.0, 1.0, 2.0, 3.0],
        "moving_variance": [1.0, 2.0, 0.5, 0.1],
    }
    for name, weight in norm.weights.items():
        weight.value = np.array(numbers[name])
        weight.gradient = np.zeros(CHANNELS)
    return norm, pool


def bind(*layers: Layer) -> None:
    for layer in layers:
        for _, component in layer.walk():
            support.bind(component, ROWS)


def found(norm: BatchNormalization, *arrays: Array) -> list[Array]:
    weights = norm.weights.values()
    return [*arrays, *(w.value.copy() for w in weights), *(w.gradient.copy() for w in weights)]


def one_after_the_other(
    norm: BatchNormalization, pool: Layer, x: Array, d_pooled: Array, context: Context
) -> list[Array]:
    bind(norm, pool)
    pooled, y, d_y, d_x = np.empty_like(d_pooled), *(np.empty_like(x) for _ in range(3))
    norm.forward((x,), (y,), context)
    pool.forward((y,), (pooled,), context)
    if context.training:
        pool.backward((y,), (pooled,), (d_pooled.copy(),), (d_y,), context)
        norm.backward((x,), (y,), (d_y,), (d_x,), context)
        return found(norm, pooled, d_x)
    return found(norm, pooled)


def as_one(
    norm: BatchNormalization, pool: Layer, x: Array, d_pooled: Array, context: Context
) -> list[Array]:
    joined = join(norm, pool)
    assert joined is not None
    bind(joined)
    pooled, d_x = np.empty_like(d_pooled), np.empty_like(x)
    joined.forward((x,), (pooled,), context)
    if context.training:
        joined.backward((x,), (pooled,), (d_pooled.copy(),), (d_x,), context)
        return found(norm, pooled, d_x)
    return found(norm, pooled)


@pytest.mark.parametrize("settings", [{}, {"trainable": False}, {"center": False}])
@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize(
    ("shape", "kind", "pool"),
    [
        ((8, 6), MaxPooling2D, {}),
        ((9, 7), MaxPooling2D, {"pool_size": (3, 2)}),
        ((5, 4), MaxPooling2D, {"pool_size": (1, 2)}),
        ((9,), MaxPooling1D, {"pool_size": 4}),
    ],
)
def test_numbers_are_those_of_the_two(
    shape: tuple[int, ...],
    kind: type[Layer],
    pool: dict[str, Any],
    training: bool,
    settings: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("nncli.engine.layers.channels._CACHE_BYTES", 3 * 8 * CHANNELS * 63)
    random = np.random.default_rng(5)
    x = random.integers(-2, 3, (ROWS, *shape, CHANNELS)).astype(float)  # many windows tie
    outcomes = []
    for run in (one_after_the_other, as_one):
        layers = built((*shape, CHANNELS), kind(name="pool", **pool), **settings)
        d_pooled = np.random.default_rng(6).normal(size=(ROWS, *layers[1].output_shapes[0]))
        outcomes.append(run(*layers, x, d_pooled, Context(training=training)))
    for ours, truth in zip(*reversed(outcomes), strict=True):
        np.testing.assert_allclose(ours, truth, rtol=1e-10, atol=1e-12)


def test_other_pairs_stay_two() -> None:
    shape = (8, 6, CHANNELS)
    assert join(*built(shape, MaxPooling2D(pool_size=3, strides=2))) is None
    assert join(*built(shape, MaxPooling2D(padding="same"))) is None
    assert join(*built((CHANNELS, 6, 8), MaxPooling2D(), axis=1)) is None
