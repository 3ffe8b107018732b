"""Convolutions of all kinds: loops where Keras has no answer on a CPU, and what is refused."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest

from nncli.engine.layers import Layer
from nncli.engine.layers.windows import lay_over
from nncli.engine.model import Model
from nncli.errors import ShapeError
from tests.engine import support
from tests.engine.layers import naive
from tests.golden.words import Case, take, use


@pytest.fixture(autouse=True)
def little_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a batch take several parts."""
    for module in ("convolution", "depthwise_convolution"):
        monkeypatch.setattr(f"nncli.engine.layers.{module}.CACHE_BYTES", 10_000)


def run(layer: Case, images: Any) -> tuple[Any, Any, dict[str, Any], dict[str, Any]]:
    """Return outputs, a random gradient of them, the weights, and all gradients."""
    random = np.random.default_rng(1)
    case = {"layers": [take(*images.shape[1:]), layer | {"name": "it"}], "rows": len(images)}
    model = support.shifted(case)
    weights = {
        name: random.normal(size=value.shape) * (name != "shift_0/shift")
        for name, value in model.weights().items()
    }
    model.load_weights(weights)
    d_outputs = random.normal(size=(len(images), *model.output_shapes[0]))
    (outputs,) = support.run(model, (images,), training=True, d_outputs=(d_outputs,))
    return outputs, d_outputs, weights, support.gradients(model)


@pytest.mark.parametrize(("strides", "dilation"), [((2, 3), 1), (1, (3, 2))])
@pytest.mark.parametrize("padding", ["valid", "same"])
def test_depthwise_with_unlike_strides(strides: Any, dilation: Any, padding: str) -> None:
    """TensorFlow wants the same stride for both axes; each channel is a convolution of its own."""
    images = np.random.default_rng(2).normal(size=(5, 8, 7, 3))
    fields = {"kernel_size": [3, 2], "padding": padding, "depth_multiplier": 2}
    layer = use("DepthwiseConv2D", strides=strides, dilation_rate=dilation, **fields)
    outputs, d_outputs, weights, gradients = run(layer, images)
    axes = lay_over((8, 7, 3), (3, 2), strides, dilation, padding)  # type: ignore[arg-type]
    kernel = weights["it/kernel"]
    for channel in range(3):
        one, two = slice(channel, channel + 1), slice(2 * channel, 2 * channel + 2)
        own = naive.convolve(images[..., one], kernel[:, :, one], axes)
        np.testing.assert_allclose(outputs[..., two], own + weights["it/bias"][two], atol=1e-12)
        d_images, d_kernel = naive.convolve_back(
            images[..., one], kernel[:, :, one], axes, d_outputs[..., two]
        )
        np.testing.assert_allclose(gradients["shift_0/shift"][..., one], d_images, atol=1e-12)
        np.testing.assert_allclose(gradients["it/kernel"][:, :, one], d_kernel, atol=1e-12)


@pytest.mark.parametrize(
    ("fields", "size", "before"),
    [
        ({"dilation_rate": 2}, 8, 0),  # 4 inputs reach 3 + 5 outputs
        ({"strides": 3, "padding": "same"}, 12, 0),
        ({"padding": "same", "dilation_rate": 3}, 4, 3),
        ({"strides": 2, "output_padding": 1}, 10, 0),
    ],
)
def test_transposed_spreads_inputs(fields: dict[str, Any], size: int, before: int) -> None:
    sequences = np.random.default_rng(3).normal(size=(4, 4, 2))
    layer = use("Conv1DTranspose", filters=3, kernel_size=3, use_bias=False, **fields)
    outputs, _, weights, _ = run(layer, sequences)
    expected = np.zeros((4, size, 3))
    for step, tap in product(range(4), range(3)):
        place = step * fields.get("strides", 1) + tap * fields.get("dilation_rate", 1) - before
        if 0 <= place < size:
            expected[:, place] += sequences[:, step] @ weights["it/kernel"][tap].T
    np.testing.assert_allclose(outputs, expected, atol=1e-12)


@pytest.mark.parametrize(
    ("plain", "message"),
    [
        (use("Conv1D", filters=4, kernel_size=3, groups=3), "filters must be a multiple of groups"),
        (use("Conv2D", filters=4, kernel_size=3, groups=0), "groups must be at least 1, got 0"),
        (use("SeparableConv1D", filters=0, kernel_size=3), "filters must be at least 1, got 0"),
        (use("DepthwiseConv2D", kernel_size=3, depth_multiplier=0), "depth_multiplier must be"),
        (
            use("Conv1DTranspose", filters=1, kernel_size=2, strides=2, output_padding=2),
            "output_padding must be less than strides, got 2 for 2",
        ),
        (
            use("Conv2DTranspose", filters=1, kernel_size=2, strides=2, output_padding=[0, -1]),
            "output_padding must not be negative, got -1",
        ),
        (use("DepthwiseConv1D", kernel_size=3, strides=2, dilation_rate=2), "strides and dilation"),
        (use("UpSampling2D", size=[2, 0]), r"size must be at least 1, got \[2, 0\]"),
        (use("ZeroPadding2D", padding=[[0, -1], [0, 0]]), "padding must not be negative, got -1"),
        (use("Cropping1D", cropping=-2), "cropping must not be negative, got -2"),
    ],
)
def test_fields_that_make_no_sense(plain: Case, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        support.make(Layer, plain)


@pytest.mark.parametrize(
    ("plain", "shape", "message"),
    [
        (use("Conv1D", filters=4, kernel_size=2, groups=2), (5, 3), "3 channels can't be divided"),
        (use("Conv1D", filters=1, kernel_size=2), (5, 4, 3), r"expected inputs of 2 axes \(steps"),
        (use("Conv1D", filters=1, kernel_size=4, dilation_rate=2), (6, 1), "4 that are 2 apart"),
        (use("SeparableConv2D", filters=1, kernel_size=5), (4, 9, 1), "5 x 5 don't fit into image"),
        (use("MaxPooling1D", pool_size=4), (3, 2), r"sequences of shape \(None, 3, 2\)"),
        (use("Cropping1D", cropping=[2, 1]), (3, 2), "takes 3 off sequences of shape"),
        (use("Cropping2D", cropping=[1, 2]), (3, 4, 1), "takes 2 and 4 off images of shape"),
        (
            use("Conv1DTranspose", filters=1, kernel_size=2, padding="same", output_padding=0),
            (1, 2),
            "nothing comes out",
        ),
    ],
)
def test_shapes_that_do_not_fit(plain: Case, shape: tuple[int, ...], message: str) -> None:
    with pytest.raises(ShapeError, match=message) as error:
        Model([support.make(Layer, take(*shape)), support.make(Layer, plain)])
    assert error.value.layer == 1


def test_a_row_without_steps_has_the_mean_zero() -> None:
    layers = [take(3, 2), use("Masking"), use("GlobalAveragePooling1D")]
    model = Model([support.make(Layer, plain) for plain in layers])
    sequences = np.array([[[0, 0], [0, 0], [0, 0]], [[1, 3], [0, 0], [3, 5]]])
    np.testing.assert_array_equal(model.predict((sequences,))[0], [[0, 0], [2, 4]])
