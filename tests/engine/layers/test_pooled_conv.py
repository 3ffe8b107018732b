"""A convolution and its pooling run as one: the same numbers as one after the other."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nncli.engine.activations import Linear, Relu, Tanh
from nncli.engine.context import Context
from nncli.engine.layers import Conv2D, MaxPooling2D
from nncli.engine.layers.pooled_conv import join
from nncli.engine.parameters import Weight
from nncli.engine.types import Array
from tests.engine import support

ROWS = 7


def built(
    shape: tuple[int, ...], conv: dict[str, Any], pool: dict[str, Any]
) -> tuple[Conv2D, MaxPooling2D]:
    """Return the two layers with random weights."""
    random = np.random.default_rng(4)
    upper, lower = Conv2D(filters=3, name="conv", **conv), MaxPooling2D(name="pool", **pool)
    for layer, inputs in ((upper, shape), (lower, None)):
        layer.set_float_type(np.dtype(np.float64))
        layer.input_shapes = (inputs,) if inputs else upper.output_shapes
        layer.output_shapes = layer.build(layer.input_shapes)
    weights: list[Weight] = list(upper.weights.values())
    for weight in weights:
        weight.value = random.normal(size=weight.shape).round(1)
        weight.gradient = np.empty(weight.shape)
    return upper, lower


def one_after_the_other(
    conv: Conv2D, pool: MaxPooling2D, images: Array, d_pooled: Array
) -> tuple[Array, ...]:
    for layer in (conv, pool):
        for _, component in layer.walk():
            support.bind(component, ROWS)
    sums, pooled = np.empty((ROWS, *conv.output_shapes[0])), np.empty(d_pooled.shape)
    d_sums, d_images = np.empty(sums.shape), np.empty(images.shape)
    conv.forward((images,), (sums,), Context(training=True))
    pool.forward((sums,), (pooled,), Context(training=True))
    pool.backward((sums,), (pooled,), (d_pooled.copy(),), (d_sums,), Context(training=True))
    conv.backward((images,), (sums,), (d_sums,), (d_images,), Context(training=True))
    return pooled, d_images, *(weight.gradient.copy() for weight in conv.weights.values())


def as_one(conv: Conv2D, pool: MaxPooling2D, images: Array, d_pooled: Array) -> tuple[Array, ...]:
    joined = join(conv, pool)
    assert joined is not None
    support.bind(joined, ROWS)
    pooled, d_images = np.empty(d_pooled.shape), np.empty(images.shape)
    joined.forward((images,), (pooled,), Context(training=True))
    joined.backward((images,), (pooled,), (d_pooled.copy(),), (d_images,), Context(training=True))
    return pooled, d_images, *(weight.gradient.copy() for weight in conv.weights.values())


@pytest.mark.parametrize("channels", [1, 10])
@pytest.mark.parametrize("activation", [Linear(), Relu()])
@pytest.mark.parametrize(
    ("conv", "pool"),
    [
        ({"kernel_size": 3}, {}),
        ({"kernel_size": 2, "padding": "same", "use_bias": False}, {"pool_size": (3, 2)}),
        ({"kernel_size": 3, "strides": 2, "padding": "same"}, {"pool_size": (1, 2)}),
        ({"kernel_size": 2, "dilation_rate": 2}, {"pool_size": 2, "strides": 2}),
    ],
)
def test_numbers_are_those_of_the_two(
    conv: dict[str, Any],
    pool: dict[str, Any],
    activation: Linear | Relu,
    channels: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("nncli.engine.layers.convolution.CACHE_BYTES", 30_000)
    layers = built((9, 8, channels), conv | {"activation": activation}, pool)
    random = np.random.default_rng(5)
    # Whole numbers and round weights: many windows tie, as most of MNIST's do.
    images = random.integers(0, 2, (ROWS, 9, 8, channels)).astype(float)
    d_pooled = random.normal(size=(ROWS, *layers[1].output_shapes[0]))
    expected = one_after_the_other(*layers, images, d_pooled)
    for ours, truth in zip(as_one(*layers, images, d_pooled), expected, strict=True):
        np.testing.assert_allclose(ours, truth, atol=1e-12)


@pytest.mark.parametrize(
    ("conv", "pool"),
    [
        ({"activation": Tanh()}, {}),
        ({}, {"padding": "same"}),
        ({}, {"pool_size": 3, "strides": 2}),
    ],
)
def test_other_pairs_stay_two(conv: dict[str, Any], pool: dict[str, Any]) -> None:
    assert join(*built((9, 8, 1), {"kernel_size": 3} | conv, pool)) is None
    assert join(*reversed(built((9, 8, 1), {"kernel_size": 3}, {}))) is None
