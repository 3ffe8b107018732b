"""Recurrent layers against plain loops, for their dropout: Keras draws other numbers; and names."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nncli.engine.activations import Softmax
from nncli.engine.layers import GRU, LSTM, Bidirectional, Dense, Input, Layer, SimpleRNN
from nncli.engine.layers.recurrent import Recurrent
from nncli.engine.model import Model
from nncli.engine.regularizers import L2
from nncli.engine.types import Array
from nncli.errors import DataError, ShapeError
from tests.engine import support

ROWS, STEPS, FEATURES, UNITS = 3, 5, 4, 2
KINDS = {
    "SimpleRNN": SimpleRNN(units=UNITS, dropout=0.25, recurrent_dropout=0.5),
    "LSTM": LSTM(units=UNITS, dropout=0.25, recurrent_dropout=0.5),
    "GRU": GRU(units=UNITS, dropout=0.25, recurrent_dropout=0.5),
    "GRU before": GRU(units=UNITS, dropout=0.25, recurrent_dropout=0.5, reset_after=False),
    "inputs only": LSTM(units=UNITS, dropout=0.25),
    "state only": GRU(units=UNITS, recurrent_dropout=0.5),
}
each_kind = pytest.mark.parametrize("kind", KINDS)


def sigmoid(x: Array) -> Array:
    return 1 / (1 + np.exp(-x))


def noise_of(layer: Recurrent, gates: int) -> tuple[list[Array], list[Array]]:
    """Return the factors of the last pass by Keras's gate: of the inputs and of the state."""
    inputs, states = [np.ones((ROWS, FEATURES))] * gates, [np.ones((ROWS, UNITS))] * gates
    for number, (gate, reads_state, reads_inputs) in enumerate(layer.sums):
        copy = number if layer.recurrent_dropout else 0
        if layer.dropout and reads_inputs:
            inputs[gate] = layer.input_noise.array[copy].T
        if layer.recurrent_dropout and (reads_state or not getattr(layer, "reset_after", True)):
            states[gate] = layer.state_noise.array[copy].T
    return inputs, states


def last_state(layer: Recurrent, x: Array, *first: Array) -> Array:
    """Compute the last state step by step, as keras.layers writes it down; from zeros, or these."""
    kernel, recurrent = layer.kernel.value, layer.recurrent_kernel.value
    gates = kernel.shape[1] // UNITS
    on_inputs, on_state = noise_of(layer, gates)
    bias = np.zeros((2, kernel.shape[1]))
    assert layer.bias is not None
    bias[: np.ndim(layer.bias.value)] = layer.bias.value
    if np.ndim(layer.bias.value) == 1:
        bias[1] = 0.0
    h, c = (*first, *2 * [np.zeros((ROWS, UNITS))])[:2]
    for step in range(STEPS):
        parts = [slice(g * UNITS, (g + 1) * UNITS) for g in range(gates)]
        a = [x[:, step] * on_inputs[g] @ kernel[:, p] + bias[0, p] for g, p in enumerate(parts)]
        b = [h * on_state[g] @ recurrent[:, p] + bias[1, p] for g, p in enumerate(parts)]
        if isinstance(layer, LSTM):
            i, f, o = (sigmoid(a[g] + b[g]) for g in (0, 1, 3))
            c = f * c + i * np.tanh(a[2] + b[2])
            h = o * np.tanh(c)
        elif isinstance(layer, GRU):
            z, r = (sigmoid(a[g] + b[g]) for g in (0, 1))
            if layer.reset_after:
                candidate = np.tanh(a[2] + r * b[2])
            else:
                candidate = np.tanh(a[2] + r * (h * on_state[2]) @ recurrent[:, parts[2]])
            h = z * h + (1 - z) * candidate
        else:
            h = np.tanh(a[0] + b[0])
    return h


def built(kind: str) -> tuple[Model, Recurrent, Array]:
    layers: list[Layer] = [
        Input(shape=(STEPS, FEATURES)),
        support.Shift(type="Shift", rows=ROWS),
        KINDS[kind],
    ]
    model = Model(layers, dtype="float64")
    random = np.random.default_rng(4)
    model.parameters.values[:] = random.normal(0.0, 0.5, model.parameters.values.shape)
    model.weights()["shift/shift"].fill(0.0)
    layer = model.layers[2]
    assert isinstance(layer, Recurrent)
    return model, layer, random.normal(size=(ROWS, STEPS, FEATURES))


@each_kind
def test_noise_is_the_same_in_all_steps_and_each_gate_has_its_own(kind: str) -> None:
    model, layer, x = built(kind)
    (outputs,) = support.run(model, (x,), training=True)
    assert support.error(outputs, last_state(layer, x)) <= 1e-12
    if layer.dropout:
        assert set(np.unique(layer.input_noise.array)) <= {0.0, 1 / 0.75}
    if layer.recurrent_dropout:
        assert set(np.unique(layer.state_noise.array)) <= {0.0, 2.0}


@each_kind
def test_nothing_is_dropped_outside_training(kind: str) -> None:
    model, layer, x = built(kind)
    (outputs,) = support.run(model, (x,), training=False)
    layer.input_noise.array.fill(1.0)
    assert support.error(outputs, last_state(layer, x)) <= 1e-12


@each_kind
def test_gradients_with_noise_are_central_differences(kind: str) -> None:
    model, layer, x = built(kind)
    projection = np.random.default_rng(5).normal(size=(ROWS, UNITS))
    state = layer.input_noise.noise.generator.bit_generator.state
    state_of_states = layer.state_noise.noise.generator.bit_generator.state

    def projected(d_outputs: bool = False) -> float:
        layer.input_noise.noise.generator.bit_generator.state = state
        layer.state_noise.noise.generator.bit_generator.state = state_of_states
        d = (projection,) if d_outputs else None
        (outputs,) = support.run(model, (x,), training=True, d_outputs=d)
        return float(np.vdot(projection, outputs))

    projected(d_outputs=True)
    values, gradients = model.parameters.values, model.parameters.gradients.copy()
    support.assert_gradient(projected, values, gradients)


@each_kind
def test_walks_begin_with_given_states_and_hand_back_their_gradients(kind: str) -> None:
    count = KINDS[kind].states_held
    layers: list[Layer] = [Input(shape=(STEPS, FEATURES), name="x")]
    for number in range(count):
        layers += [Input(shape=(UNITS,)), support.Shift(type="Shift", rows=ROWS, name=f"s{number}")]
    names = ("x", *(f"s{number}" for number in range(count)))
    model = Model([*layers, replace(KINDS[kind], inputs=names)], dtype="float64")
    layer = model.layers[-1]
    assert isinstance(layer, Recurrent)
    random = np.random.default_rng(6)
    model.parameters.values[:] = random.normal(0.0, 0.5, model.parameters.values.shape)
    x, projection = random.normal(size=(ROWS, STEPS, FEATURES)), random.normal(size=(ROWS, UNITS))
    states = [random.normal(size=(ROWS, UNITS)) for _ in range(count)]
    generators = [n.noise.generator.bit_generator for n in (layer.input_noise, layer.state_noise)]
    before = [generator.state for generator in generators]

    def projected(d_outputs: bool = False) -> float:
        for generator, state in zip(generators, before, strict=True):
            generator.state = state
        d = (projection,) if d_outputs else None
        (outputs,) = support.run(model, (x, *states), training=True, d_outputs=d)
        return float(np.vdot(projection, outputs))

    shifts = [model.weights()[f"s{number}/shift"] for number in range(count)]
    first = [state + shift for state, shift in zip(states, shifts, strict=True)]
    assert projected(d_outputs=True) == pytest.approx(
        np.vdot(projection, last_state(layer, x, *first))
    )
    support.assert_gradient(projected, model.parameters.values, model.parameters.gradients.copy())


def test_weights_are_named_as_keras_names_them() -> None:
    layers: list[Layer] = [
        Input(shape=(STEPS, FEATURES)),
        Bidirectional(layer=LSTM(units=UNITS, return_sequences=True)),
        LSTM(units=UNITS),
        Dense(units=1),
    ]
    cells = ("bidirectional/forward_lstm", "bidirectional/backward_lstm", "lstm_1")
    weights = ("kernel", "recurrent_kernel", "bias")
    expected = [f"{cell}/lstm_cell/{weight}" for cell in cells for weight in weights]
    assert list(Model(layers).weights()) == [*expected, "dense/kernel", "dense/bias"]


def test_the_forget_gate_starts_open() -> None:
    layers: list[Layer] = [Input(shape=(STEPS, FEATURES)), LSTM(units=UNITS)]
    bias = Model(layers).weights()["lstm/lstm_cell/bias"]
    assert bias.tolist() == [0, 0, 1, 1, 0, 0, 0, 0]


def test_a_frozen_wrapper_freezes_what_is_inside() -> None:
    layers: list[Layer] = [
        Input(shape=(STEPS, FEATURES)),
        Bidirectional(layer=GRU(units=UNITS), trainable=False),
    ]
    assert Model(layers).parameters.values.size == 0


def test_sequences_are_expected() -> None:
    with pytest.raises(ShapeError, match=r"2 axes \(steps, features\)"):
        Model([Input(shape=(4,)), LSTM(units=2)])


def test_states_to_begin_with_are_as_many_and_as_long_as_the_layers_own() -> None:
    layers: list[Layer] = [Input(shape=(4, 3), name="x"), Input(shape=(2,), name="state")]
    with pytest.raises(
        ShapeError, match=r"2 states of \(None, 2\) to begin with, got \(None, 2\)$"
    ):
        Model([*layers, LSTM(units=2, inputs=("x", "state"))])
    with pytest.raises(ShapeError, match=r"1 state of \(None, 3\) to begin with, got \(None, 2\)$"):
        Model([*layers, GRU(units=3, inputs=("x", "state"))])
    with pytest.raises(ShapeError, match="expected one input, got 2"):
        Model([*layers, Bidirectional(layer=GRU(units=2), inputs=("x", "state"))])


def test_wrong_arguments() -> None:
    with pytest.raises(ValueError, match="activity_regularizer can't go together with"):
        GRU(units=2, return_state=True, activity_regularizer=L2())
    with pytest.raises(ValueError, match="layer must not have return_state"):
        Bidirectional(layer=GRU(units=2, return_state=True))
    with pytest.raises(ValueError, match="dropout must be at least 0 and below 1"):
        LSTM(units=2, dropout=1.0)
    with pytest.raises(ValueError, match="recurrent_activation must act on each number"):
        GRU(units=2, recurrent_activation=Softmax())
    with pytest.raises(ValueError, match="SimpleRNN, LSTM or GRU, got Dense"):
        Bidirectional(layer=Dense(units=1))


def test_numbers_beyond_an_embeddings_table() -> None:
    embedding = support.make(Layer, {"type": "Embedding", "input_dim": 4, "output_dim": 2})
    model = Model([Input(shape=(3,), dtype="int32"), embedding])
    for wrong in (4, -1):
        with pytest.raises(DataError, match=f"numbers 0 to 3, but the data hold {wrong}"):
            model.predict((np.array([[0, wrong, 1]]),))
