"""MaxPooling2D against plain loops, ties and all, with more images than are pooled at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nncli.engine.layers import Input, MaxPooling2D
from nncli.engine.layers.windows import lay_over
from nncli.engine.model import Model
from tests.engine import support
from tests.engine.layers import naive


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"pool_size": (3, 2)},
        {"pool_size": 3, "strides": (1, 2)},
        {"pool_size": 2, "strides": 3},
        {"pool_size": 2, "strides": 3, "padding": "same"},
        {"pool_size": (4, 3), "strides": 2, "padding": "same"},
        {"pool_size": 3, "strides": 4},
    ],
)
def test_the_first_of_equal_inputs_gets_the_gradient(
    fields: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nncli.engine.layers.pooling._CACHE_BYTES", 2_000)
    random = np.random.default_rng(2)
    images = random.integers(0, 3, (9, 6, 7, 3)).astype(float)
    layer = MaxPooling2D(**fields)
    layers = [Input(shape=(6, 7, 3)), support.Shift(type="Shift", name="shift", rows=9), layer]
    model = Model(layers, dtype="float64")
    d_outputs = random.normal(size=(9, *model.output_shapes[0]))
    strides = layer.pool_size if layer.strides is None else layer.strides
    axes = lay_over((6, 7, 3), layer.pool_size, strides, 1, layer.padding)
    expected, d_images = naive.pool(images, axes, d_outputs)
    (outputs,) = support.run(model, (images,), training=True, d_outputs=(d_outputs,))
    np.testing.assert_array_equal(outputs, expected)
    np.testing.assert_allclose(support.gradients(model)["shift/shift"], d_images, atol=1e-14)
