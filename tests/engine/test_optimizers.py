"""What optimizers remember, refuse, and do in parts."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import numpy as np
import pytest

from nncli.engine.layers import Layer
from nncli.engine.model import Model
from nncli.engine.optimizers import Optimizer
from tests.engine import support
from tests.golden.cases import take, use
from tests.golden.optimizer_cases import OPTIMIZERS

each = pytest.mark.parametrize("key", OPTIMIZERS)


def built(key: str) -> Optimizer:
    """Return an optimizer on some 120,000 weights, three blocks of them."""
    layers = [support.make(Layer, plain) for plain in (take(400), use("Dense", units=300))]
    optimizer: Optimizer = support.make(Optimizer, OPTIMIZERS[key]["optimizer"])
    optimizer.build(Model(layers, dtype="float64").parameters)
    return optimizer


def step(optimizer: Optimizer, number: int, parts: int = 1) -> None:
    gradients = optimizer.parameters.gradients
    np.copyto(gradients, np.random.default_rng(number).normal(size=gradients.shape))
    if parts == 1:
        optimizer.update()
        return
    if optimizer.begin_step():
        for part in reversed(range(parts)):
            optimizer.update_part(part, parts)
    optimizer.end_step()


@each
def test_its_state_is_all_that_it_remembers(key: str) -> None:
    first, second = built(key), built(key)
    for number in range(5):
        step(first, number)
    np.copyto(second.parameters.values, first.parameters.values)
    second.load_state(deepcopy(first.state()))
    for number in range(5, 10):
        step(first, number)
        step(second, number)
    assert first.parameters.values.tobytes() == second.parameters.values.tobytes()
    assert str(first.state()) == str(second.state())


@each
def test_parts_are_updated_as_the_whole_is(key: str) -> None:
    whole, parts = built(key), built(key)
    parts.divide(3)
    for number in range(4):
        step(whole, number)
        step(parts, number, parts=3)
    assert whole.parameters.values.tobytes() == parts.parameters.values.tobytes()


def test_the_rate_shown_is_that_of_the_next_step() -> None:
    optimizer = built("sgd.schedule")  # 0.5 / (1 + 0.5 * step / 4)
    step(optimizer, 0)
    step(optimizer, 1)
    assert (optimizer.current_rate, optimizer.next_rate) == (0.5 / 1.125, 0.4)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"learning_rate": 0.0}, "learning_rate must be above 0, got 0.0"),
        ({"learning_rate": float("inf")}, "learning_rate must be a finite number"),
        ({"weight_decay": -0.5}, "weight_decay must not be negative"),
        ({"clipvalue": 0.0}, "clipvalue must be above 0"),
        ({"clipnorm": 1.0, "global_clipnorm": 1.0}, "global_clipnorm can't go together with clip"),
        ({"ema_momentum": 1.5}, "ema_momentum must be from 0 to 1, got 1.5"),
        ({"ema_overwrite_frequency": 3}, "ema_overwrite_frequency needs use_ema"),
        ({"gradient_accumulation_steps": 1}, "gradient_accumulation_steps must be at least 2"),
        ({"type": "lion", "beta_1": 0.0}, "beta_1 must be above 0"),
        ({"type": "ftrl", "learning_rate_power": 0.5}, "learning_rate_power must not be above 0"),
        ({"type": "ftrl", "beta": -1.0}, "beta must not be negative"),
        ({"type": "adamw", "weight_decay": None}, "weight_decay must be a number"),
    ],
)
def test_what_makes_no_sense_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        support.make(Optimizer, {"type": "sgd", **fields})
