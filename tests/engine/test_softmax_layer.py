"""Softmax as a layer: losses take it over like the activation, and masks are refused."""

from __future__ import annotations

import numpy as np
import pytest

from nncli.engine.layers import Layer
from nncli.engine.losses import Loss
from nncli.engine.model import Model
from nncli.errors import ShapeError
from tests.engine import support
from tests.golden.words import Case, take, use


def model(*layers: Case, loss: str = "categorical_crossentropy") -> Model:
    return Model(
        [support.make(Layer, plain) for plain in layers],
        losses=[support.make(Loss, loss)],
        dtype="float64",
    )


def test_a_loss_takes_over_the_last_axis() -> None:
    layered = model(take(3), use("Dense", units=4), use("Softmax"))
    activated = model(take(3), use("Dense", units=4, activation="softmax"))
    assert layered.losses[0].from_logits
    inputs = np.random.default_rng(1).normal(size=(5, 3))
    activated.load_weights(layered.weights())
    assert np.allclose(layered.predict((inputs,))[0], activated.predict((inputs,))[0], atol=1e-15)


def test_other_axes_stay_in_the_network() -> None:
    layered = model(take(3, 4), use("Softmax", axis=1))
    assert not layered.losses[0].from_logits
    outputs = layered.predict((np.random.default_rng(1).normal(size=(5, 3, 4)),))[0]
    assert np.allclose(outputs.sum(axis=1), 1.0)


@pytest.mark.parametrize("axis", [3, -3, [1, 7]])
def test_an_axis_that_is_not_there(axis: int | list[int]) -> None:
    with pytest.raises(ShapeError, match="axis"):
        model(take(3, 4), use("Softmax", axis=axis))


def test_the_axis_of_the_rows() -> None:
    with pytest.raises(ValueError, match="axis must not be 0"):
        support.make(Layer, use("Softmax", axis=0))


def test_masked_steps() -> None:
    with pytest.raises(ShapeError, match="masked"):
        model(take(4, 2), use("Masking"), use("Softmax"))
