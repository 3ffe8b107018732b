"""Every registered layer: Keras's numbers, its own gradient, shapes, short batches, memory."""

from __future__ import annotations

import json
import tracemalloc
from math import prod

import numpy as np
import pytest

from nncli.engine.layers import Layer
from nncli.engine.model import Model
from nncli.engine.program import Plan
from tests.engine import support
from tests.golden.cases import LAYERS
from tests.golden.words import Case, case, take, use

each_case = pytest.mark.parametrize("key", LAYERS)
WIDE = {
    "Dense": case(take(300), use("Dense", units=300), use("Dense", units=300), rows=2),
    "Conv2D": case(
        take(3, 3, 80),
        use("Conv2D", filters=80, kernel_size=3, padding="same"),
        use("Conv2D", filters=80, kernel_size=3),
        rows=1,
    ),
}
"""Layers with more weights than activations."""
NOT_SMOOTH = ("constant", "ties", "gaps")


def differentiable(case: Case) -> bool:
    return case.get("training") is not False


def loaded(key: str) -> tuple[Model, support.Golden]:
    """Return the case's model with its golden weights."""
    golden = support.golden("layers")[key]
    model = support.shifted(LAYERS[key])
    for name, value in golden.under("weights").items():
        np.copyto(model.weights()[name], value)
    return model, golden


def test_every_layer_has_cases() -> None:
    assert not support.members_without_case(Layer, LAYERS, at_least=2)


@each_case
def test_outputs_are_those_of_keras(key: str) -> None:
    model, golden = loaded(key)
    training = LAYERS[key].get("training", False)
    outputs = support.run(model, golden.listed("inputs"), training=training)
    for ours, truth in zip(outputs, golden.listed("outputs"), strict=True):
        assert support.error(ours, truth) <= support.tolerance(LAYERS[key])
    state = {name: weight.value for name, weight in model.state.weights.items()}
    support.assert_close(state, golden.under("state"), support.tolerance(LAYERS[key]))


@pytest.mark.parametrize("key", [key for key, case in LAYERS.items() if differentiable(case)])
def test_gradients_are_those_of_keras(key: str) -> None:
    model, golden = loaded(key)
    projections = golden.listed("projections")
    support.run(model, golden.listed("inputs"), training=True, d_outputs=projections)
    truth = golden.under("d_weights")
    truth |= {f"shift_{n}/shift": value for n, value in golden.under("d_inputs").items()}
    ours = {}
    for name, gradient in support.gradients(model).items():
        shift = model_shift_name(model, name)
        ours[shift or name] = gradient
    support.assert_close(ours, truth, support.tolerance(LAYERS[key]))


def model_shift_name(model: Model, name: str) -> str | None:
    """Return "shift_1/shift" for the weight of the second Shift, whatever the layer is called."""
    shifts = [str(layer.name) for layer in model.layers if isinstance(layer, support.Shift)]
    layer = name.removesuffix("/shift")
    return f"shift_{shifts.index(layer)}/shift" if layer in shifts else None


@pytest.mark.parametrize(
    "key",
    [
        key
        for key, case in LAYERS.items()
        if differentiable(case) and case.get("values") not in NOT_SMOOTH
    ],
)
def test_gradients_are_central_differences(key: str) -> None:
    model, golden = loaded(key)
    inputs, projections = golden.listed("inputs"), golden.listed("projections")

    def projected() -> float:
        outputs = support.run(model, inputs, training=True)
        return sum(float(np.vdot(p, y)) for p, y in zip(projections, outputs, strict=True))

    support.run(model, inputs, training=True, d_outputs=projections)
    parameters = model.parameters
    gradients = parameters.gradients.copy()
    for part in parameters.slices.values():
        support.assert_gradient(projected, parameters.values[part], gradients[part])


@each_case
def test_shapes_and_counts(key: str) -> None:
    golden = support.golden("layers")[key]
    model = Model(support.layers_of(LAYERS[key]))
    assert model.output_shapes == tuple(y.shape[1:] for y in golden.listed("outputs"))
    weights = golden.under("weights")
    assert {n: w.shape for n, w in model.weights().items()} == {
        name: weight.shape for name, weight in weights.items()
    }
    counted = sum(layer.parameter_count for layer in model.layers)
    assert counted == sum(weight.size for weight in weights.values())
    assert model.layers[-1].output_shapes[0] == golden.listed("outputs")[-1].shape[1:]


@pytest.mark.parametrize("key", [key for key, case in LAYERS.items() if "training" not in case])
def test_seven_rows_are_four_and_three(key: str) -> None:
    case = LAYERS[key] | {"rows": 7}
    model = support.shifted(case)
    random = np.random.default_rng(3)
    inputs = tuple(random.normal(size=(7, *shape)) for shape in model.input_shapes)
    inputs = tuple(np.abs(x * 2).astype(int) if "int32" in str(case) else x for x in inputs)
    d_outputs = tuple(random.normal(size=(7, *shape)) for shape in model.output_shapes)
    results = []
    for rows in (slice(0, 7), slice(0, 4), slice(4, 7)):
        parts = (tuple(array[rows] for array in arrays) for arrays in (inputs, d_outputs))
        outputs = support.run(model, next(parts), training=True, d_outputs=next(parts))
        gradients = {name: g.copy() for name, g in support.gradients(model).items()}
        results.append((outputs, gradients))
    (outputs, whole), (first_outputs, first), (last_outputs, last) = results
    for number, output in enumerate(outputs):
        parted = np.concatenate([first_outputs[number], last_outputs[number]])
        assert support.error(parted, output) <= 1e-12
    for name, gradient in whole.items():
        if model_shift_name(model, name):
            parted = np.concatenate([first[name][:4], last[name][:3]])
        else:
            parted = first[name] + last[name]
        assert support.error(parted, gradient) <= 1e-12


@each_case
def test_config_round_trip(key: str) -> None:
    for plain, layer in zip(LAYERS[key]["layers"], support.layers_of(LAYERS[key]), strict=True):
        again = support.as_plain(layer)
        assert support.make(Layer, json.loads(json.dumps(again))) == layer
        assert again["type"] == plain["type"]


@each_case
def test_same_seed_same_bytes(key: str) -> None:
    def outcome(seed: int) -> bytes:
        model = Model(support.layers_of(LAYERS[key]), seed=seed)
        inputs = tuple(np.ones((5, *shape)) for shape in model.input_shapes)
        outputs = support.run(model, inputs, training=True)
        return b"".join(array.tobytes() for array in (model.parameters.values, *outputs))

    assert outcome(3) == outcome(3)
    if len(np.unique(Model(support.layers_of(LAYERS[key])).parameters.values)) > 2:  # drawn
        assert outcome(3) != outcome(4)


@each_case
def test_step_allocates_nothing(key: str) -> None:
    model = Model(support.layers_of(LAYERS[key]))
    rows = 250_000 // min(prod(shape) for shape in model.shapes)
    plan = model.plan(rows, training=True)
    for array in (*plan.inputs, *plan.d_outputs):
        array[...] = 1
    assert peak_of_a_step(plan) < support.NUMPYS_OWN_BYTES


@pytest.mark.parametrize("key", WIDE)
def test_step_allocates_nothing_like_its_weights(key: str) -> None:
    model = Model(support.layers_of(WIDE[key]))
    assert model.parameters.values.nbytes > support.NUMPYS_OWN_BYTES
    assert peak_of_a_step(model.plan(WIDE[key]["rows"], training=True)) < support.NUMPYS_OWN_BYTES


def peak_of_a_step(plan: Plan) -> int:
    """Return the memory that a step takes; the first may make something that stays.

    Of the two after it the lesser counts: now and then the interpreter enlarges a table of its own.
    """
    peaks = []
    for _ in range(3):
        tracemalloc.start()
        plan.forward()
        plan.backward()
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    return min(peaks[1:])
