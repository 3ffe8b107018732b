"""Memory is shared where lifetimes allow, and the figures announced are those reserved."""

import numpy as np
import pytest

from nncli.engine.activations import Relu
from nncli.engine.buffers import Buffer
from nncli.engine.layers import Dense
from nncli.engine.lifetimes import share_memory
from nncli.engine.losses import MeanSquaredError
from nncli.engine.model import Model


def test_buffers_share_memory_only_once_they_are_done() -> None:
    a, b, c, d, e = (Buffer((None, 2), np.float32) for _ in range(5))
    share_memory([(a, b), (b, (c,)), (c, d), (d, e)], kept=[e])
    assert c.memory is a.memory  # a was last used before c begins
    assert d.memory is b.memory
    assert b.memory is not a.memory
    assert e.memory not in (a.memory, b.memory)


@pytest.mark.parametrize("depth", [4, 40])
def test_inference_needs_no_more_memory_for_more_layers(depth: int) -> None:
    model = Model([Dense(units=8) for _ in range(depth)], input_shape=(8,))
    activations = 4 * 100 * 8 * 4  # input, output, and two in turn between them
    ones = depth * 100 * 4
    assert model.memory_needed(100, training=False) == activations + ones


def test_training_shares_gradients_but_keeps_activations() -> None:
    layers = [Dense(units=8, activation=Relu()) for _ in range(10)]
    model = Model(layers, input_shape=(8,), losses=[MeanSquaredError()])
    matrix, ones, slopes = 50 * 8 * 4, 10 * 50 * 4, 10 * 50 * 8 * 4
    # 11 values, the gradient of the output, and two more in turn
    assert model.memory_needed(50, training=True) == 14 * matrix + ones + slopes
