"""Convolution and pooling against loops that only follow the definition, on windows of any kind."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from nncli.engine.layers import Layer
from nncli.engine.model import Model
from nncli.engine.types import Array
from tests.engine import support
from tests.golden.cases import take, use


def pad(size: int, taps: int, stride: int, dilation: int, padding: str) -> tuple[int, int, int]:
    """Return padding before and after, and how many windows: TensorFlow's rule, odd one last."""
    span = dilation * (taps - 1) + 1
    if padding == "valid":
        return 0, 0, (size - span + stride) // stride
    count = (size + stride - 1) // stride
    total = max(0, (count - 1) * stride + span - size)
    return total // 2, total - total // 2, count


def windows(
    images: Array, taps: Any, strides: Any, dilation: Any, padding: str, fill: float
) -> Array:
    """Return (rows, down, across, taps down, taps across, channels), one window after another."""
    down = pad(images.shape[1], taps[0], strides[0], dilation[0], padding)
    across = pad(images.shape[2], taps[1], strides[1], dilation[1], padding)
    around = ((0, 0), down[:2], across[:2], (0, 0))
    padded = np.pad(images, around, constant_values=fill)
    found = np.empty((len(images), down[2], across[2], *taps, images.shape[3]))
    for p, q, i, j in product(*map(range, found.shape[1:5])):
        place = (p * strides[0] + i * dilation[0], q * strides[1] + j * dilation[1])
        found[:, p, q, i, j] = padded[:, place[0], place[1]]
    return found


two = st.tuples(st.integers(1, 4), st.integers(1, 4))
shapes = st.tuples(st.integers(4, 9), st.integers(4, 9), st.integers(1, 3))
paddings = st.sampled_from(["valid", "same"])
often = settings(max_examples=60, deadline=None, derandomize=True)


def network(shape: tuple[int, ...], **fields: Any) -> Model:
    layers = [support.make(Layer, plain) for plain in (take(*shape), use(**fields))]
    return Model(layers, dtype="float64", seed=1)


@often
@given(shapes, two, two, two, paddings, st.integers(1, 3), st.integers(1, 3))
def test_convolution(
    shape: tuple[int, ...],
    taps: tuple[int, int],
    strides: tuple[int, int],
    dilation: tuple[int, int],
    padding: str,
    filters: int,
    rows: int,
) -> None:
    if max(strides) > 1:
        dilation = (1, 1)
    if padding == "valid":  # as far apart as the image has room for
        dilation = tuple(
            min(d, (size - 1) // max(t - 1, 1))
            for d, t, size in zip(dilation, taps, shape, strict=False)
        )
    model = network(
        shape,
        type="Conv2D",
        filters=filters,
        kernel_size=list(taps),
        strides=list(strides),
        dilation_rate=list(dilation),
        padding=padding,
        bias_initializer="random_normal",
    )
    images = np.random.default_rng(rows).normal(size=(rows, *shape))
    kernel, bias = model.weights().values()
    laid = windows(images, taps, strides, dilation, padding, 0.0)
    expected = np.einsum("npqijc,ijcf->npqf", laid, kernel) + bias
    (outputs,) = model.predict((images,))
    assert outputs.shape == expected.shape
    assert np.allclose(outputs, expected, rtol=0, atol=1e-12)


@often
@given(shapes, two, st.none() | two, paddings, st.booleans())
def test_max_pooling(
    shape: tuple[int, ...],
    taps: tuple[int, int],
    strides: tuple[int, int] | None,
    padding: str,
    ties: bool,
) -> None:
    """Forward the largest; backward to the first of the largest, in reading order."""
    model = network(
        shape,
        type="MaxPooling2D",
        pool_size=list(taps),
        strides=None if strides is None else list(strides),
        padding=padding,
    )
    random = np.random.default_rng(4)
    images = random.integers(0, 3, (2, *shape)) / 2 if ties else random.normal(size=(2, *shape))
    laid = windows(images, taps, strides or taps, (1, 1), padding, -np.inf)
    (outputs,) = model.predict((images,))
    assert np.array_equal(outputs, laid.max(axis=(3, 4)))

    numbers = np.broadcast_to(np.arange(np.prod(shape)).reshape(shape), images.shape) + 0.0
    places = windows(numbers, taps, strides or taps, (1, 1), padding, -1.0)
    rows, down, across, *_, channels = laid.shape
    first = laid.reshape(rows, down, across, -1, channels).argmax(axis=3)[:, :, :, None]
    targets = np.take_along_axis(places.reshape(rows, down, across, -1, channels), first, axis=3)
    d_outputs = random.normal(size=outputs.shape)
    expected = np.zeros((2, int(np.prod(shape))))
    for row in range(2):
        np.add.at(expected[row], targets[row].astype(int).ravel(), d_outputs[row].ravel())
    case = {"layers": [take(*shape), model_plain(model)], "rows": 2}
    watched = support.shifted(case)
    support.run(watched, (images,), training=True, d_outputs=(d_outputs,))
    gradient = support.gradients(watched)["shift_0/shift"]
    assert np.allclose(gradient, expected.reshape(images.shape), rtol=0, atol=1e-12)


def model_plain(model: Model) -> dict[str, Any]:
    return support.as_plain(model.layers[-1])
