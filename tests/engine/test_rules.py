"""Regularizers and constraints: what they refuse, and what they leave alone."""

from __future__ import annotations

import tracemalloc
from typing import Any

import numpy as np
import pytest

from nncli.engine.constraints import Constraint
from nncli.engine.layers import Layer
from nncli.engine.losses import Loss
from nncli.engine.model import Model
from nncli.engine.optimizers import Optimizer
from nncli.engine.penalties import Penalties
from nncli.engine.regularizers import Regularizer
from nncli.errors import ShapeError
from nncli.training.stepping import Stepper
from tests.engine import support
from tests.golden.rule_cases import CONSTRAINTS, REGULARIZERS
from tests.golden.words import Case, take, use

RULES = REGULARIZERS | CONSTRAINTS


def model_of(*layers: Case, dtype: str = "float64") -> Model:
    made = [support.make(Layer, plain) for plain in layers]
    return Model(made, losses=[support.make(Loss, "mean_squared_error")], dtype=dtype)


def test_every_regularizer_and_constraint_has_cases() -> None:
    assert not support.members_without_case(Regularizer, REGULARIZERS, at_least=2)
    assert not support.members_without_case(Constraint, CONSTRAINTS, at_least=2)


@pytest.mark.parametrize("name", Regularizer.members)
def test_gradient_is_that_of_the_penalty(name: str) -> None:
    values = np.random.default_rng(1).normal(size=(4, 3))
    scratch, gradient = np.empty_like(values), np.ones_like(values)
    for fields in ({}, {"mode": "columns"}) if name == "orthogonal_regularizer" else ({},):
        if name == "l1_l2":
            fields = {"l1": 0.25, "l2": 0.5}
        regularizer = support.make(Regularizer, {"type": name, **fields})
        regularizer.set_float_type(np.dtype(np.float64))
        regularizer.build("kernel", values.shape)
        gradient.fill(1.0)
        regularizer.add_gradient(values, gradient, 2.0, scratch)
        support.assert_gradient(
            lambda rule=regularizer: 2.0 * rule.penalty(values, scratch), values, gradient - 1.0
        )


def test_models_without_rules_have_no_penalties() -> None:
    model = model_of(take(3), use("Dense", units=2))
    assert not Penalties(model)
    regularized = model_of(take(3), use("Dense", units=2, kernel_regularizer="l2"))
    assert Penalties(regularized)


def test_frozen_weights_are_left_alone() -> None:
    rules = {"kernel_regularizer": "l2", "kernel_constraint": "unit_norm", "trainable": False}
    model = model_of(take(3), use("Dense", units=2, **rules), use("Dense", units=1))
    assert not Penalties(model)
    before = model.weights()["dense/kernel"].copy()
    optimizer: Optimizer = support.make(Optimizer, "sgd")
    optimizer.build(model.parameters)
    optimizer.update()
    assert (model.weights()["dense/kernel"] == before).all()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"kernel_constraint": use("max_norm", axis=2)}, "kernel_constraint: axis 2 is none of"),
        ({"bias_constraint": use("unit_norm", axis=[0, 1])}, "bias_constraint: axis 1 is none"),
        ({"bias_regularizer": "orthogonal_regularizer"}, "needs a matrix of two rows or more"),
        ({"activity_regularizer": "orthogonal_regularizer"}, "activity_regularizer can't be orth"),
    ],
)
def test_weights_of_the_wrong_shape_are_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ShapeError, match=message):
        model_of(take(3), use("Dense", units=2, **fields))


@pytest.mark.parametrize(
    ("family", "fields", "message"),
    [
        (Regularizer, {"type": "l1", "l1": -0.5}, "l1 must not be negative, got -0.5"),
        (Regularizer, {"type": "l2", "l2": float("nan")}, "l2 must not be negative, got nan"),
        (Constraint, {"type": "max_norm", "max_value": -1.0}, "max_value must not be negative"),
        (Constraint, {"type": "min_max_norm", "min_value": 2.0}, "max_value must not be below"),
        (Constraint, {"type": "min_max_norm", "rate": 2.0}, "rate must be from 0 to 1"),
        (Layer, {"type": "ActivityRegularization", "l2": -1.0}, "l2 must not be negative"),
    ],
)
def test_what_makes_no_sense_is_refused(
    family: type[Any], fields: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        support.make(family, fields)


@pytest.mark.parametrize("key", RULES)
def test_steps_make_no_array(key: str) -> None:
    layers = [dict(plain) for plain in RULES[key]["layers"]]
    layers[0]["shape"] = [*layers[0]["shape"][:-1], 300]
    layers[1]["units"] = 200
    made = [support.make(Layer, plain) for plain in layers]
    model = Model(made, losses=[support.make(Loss, RULES[key]["loss"])], dtype="float32")
    optimizer: Optimizer = support.make(Optimizer, RULES[key]["optimizer"])
    optimizer.build(model.parameters)
    stepper = Stepper(model, optimizer)
    inputs = np.zeros((8, *layers[0]["shape"]), np.float32)
    outputs = [np.zeros((8, *model.output_shapes[0]), np.float32)]
    targets = [np.zeros((8, *model.output_shapes[0]), np.float32)]
    stepper.step((inputs,), slice(0, 8), targets, outputs)
    tracemalloc.start()
    for _ in range(30):
        stepper.step((inputs,), slice(0, 8), targets, outputs)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < support.NUMPYS_OWN_BYTES < model.weights()["dense/kernel"].nbytes


@pytest.mark.parametrize("key", CONSTRAINTS)
def test_config_round_trip(key: str) -> None:
    constraint = RULES[key]["layers"][1]["kernel_constraint"]
    made = support.make(Constraint, constraint)
    assert support.make(Constraint, support.as_plain(made)) == made
