from __future__ import annotations

import pytest

from nncli.engine.layers.dense import Dense
from nncli.engine.layers.input import Input
from nncli.engine.losses.regression import MeanSquaredError
from nncli.engine.model import Model
from nncli.errors import ShapeError


def test_an_input_in_the_middle_leaves_an_output_too_many() -> None:
    layers = [Dense(units=2), Input(shape=(2,)), Dense(units=1)]
    with pytest.raises(ShapeError, match="one of 2 outputs of the network, which has 1 loss;") as e:
        Model(layers, input_shape=(2,), losses=[MeanSquaredError()])
    assert e.value.layer == 0
