from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from nncli.engine.layers.bidirectional import Bidirectional
from nncli.engine.layers.dense import Dense
from nncli.engine.layers.input import Input
from nncli.engine.layers.simple_rnn import SimpleRNN
from nncli.engine.losses.regression import MeanSquaredError
from nncli.engine.model import Model
from nncli.engine.types import Array
from nncli.errors import ShapeError
from tests.engine import support


def test_an_input_in_the_middle_leaves_an_output_too_many() -> None:
    layers = [Dense(units=2), Input(shape=(2,)), Dense(units=1)]
    with pytest.raises(ShapeError, match="one of 2 outputs of the network, which has 1 loss;") as e:
        Model(layers, input_shape=(2,), losses=[MeanSquaredError()])
    assert e.value.layer == 0


def test_an_output_that_nobody_reads_has_a_gradient_of_zero() -> None:
    both = Bidirectional(layer=SimpleRNN(units=2), merge_mode=None, name="both")
    layers = [both, Dense(units=1, inputs=("both.1",))]
    model = Model(layers, input_shape=(3, 2), losses=[MeanSquaredError()])
    for _, operands in model.plan(4, training=True).backward_steps:
        for array in arrays_in(operands):
            array.fill(np.nan)  # what was there before must not matter
    support.run(model, (np.ones((4, 3, 2)),), training=True, d_outputs=(np.ones((4, 1)),))
    for name, gradient in support.gradients(model).items():
        assert np.isfinite(gradient).all(), name
        assert gradient.any() != ("forward_" in name), name


def test_a_layer_of_two_outputs_is_no_end() -> None:
    both = Bidirectional(layer=SimpleRNN(units=2), merge_mode=None, name="both")
    with pytest.raises(ShapeError, match=r"has 2 outputs, .* as by inputs: \[both.0\]") as e:
        Model([both], input_shape=(3, 2))
    assert e.value.layer == 0


def arrays_in(operands: Any) -> Iterator[Array]:
    if isinstance(operands, np.ndarray):
        yield operands
    elif isinstance(operands, tuple):
        for operand in operands:
            yield from arrays_in(operand)
