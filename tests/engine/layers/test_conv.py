"""Conv2D against plain loops, with more images than are convolved at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nncli.engine.layers import Conv2D, Input
from nncli.engine.layers.windows import lay_over
from nncli.engine.model import Model
from tests.engine import support
from tests.engine.layers import naive


@pytest.fixture(autouse=True)
def little_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nncli.engine.layers.convolution.CACHE_BYTES", 20_000)


@pytest.mark.parametrize("channels", [1, 3, 9])
@pytest.mark.parametrize(
    "fields",
    [
        {"kernel_size": 3},
        {"kernel_size": (2, 4), "padding": "same"},
        {"kernel_size": (3, 2), "strides": (2, 3)},
        {"kernel_size": 2, "strides": 3, "padding": "same"},
        {"kernel_size": 3, "dilation_rate": (2, 1), "padding": "same"},
        {"kernel_size": (7, 8)},
    ],
)
def test_is_the_sum_over_each_window(fields: dict[str, Any], channels: int) -> None:
    random = np.random.default_rng(1)
    images = random.normal(size=(11, 7, 8, channels))
    layers = [Input(shape=images.shape[1:]), support.Shift(type="Shift", name="shift", rows=11)]
    layer = Conv2D(filters=5, name="conv", **fields)
    model = Model([*layers, layer], dtype="float64")
    model.load_weights(
        {
            name: random.normal(size=value.shape) * (name != "shift/shift")
            for name, value in model.weights().items()
        }
    )
    axes = lay_over(
        (7, 8, channels), layer.kernel_size, layer.strides, layer.dilation_rate, layer.padding
    )
    kernel, bias = model.weights()["conv/kernel"], model.weights()["conv/bias"]
    d_outputs = random.normal(size=(11, *model.output_shapes[0]))
    (outputs,) = support.run(model, (images,), training=True, d_outputs=(d_outputs,))
    np.testing.assert_allclose(outputs, naive.convolve(images, kernel, axes) + bias, atol=1e-12)
    d_images, d_kernel = naive.convolve_back(images, kernel, axes, d_outputs)
    gradients = support.gradients(model)
    np.testing.assert_allclose(gradients["shift/shift"], d_images, atol=1e-12)
    np.testing.assert_allclose(gradients["conv/kernel"], d_kernel, atol=1e-12)
    np.testing.assert_allclose(gradients["conv/bias"], d_outputs.sum((0, 1, 2)), atol=1e-12)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"filters": 0, "kernel_size": 3}, "filters must be at least 1, got 0"),
        ({"filters": 1, "kernel_size": (3, 0)}, r"kernel_size must be at least 1, got \[3, 0\]"),
        ({"filters": 1, "kernel_size": 3, "strides": 2, "dilation_rate": 2}, "can't both"),
    ],
)
def test_refuses(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Conv2D(**fields)
