"""Broken configs and, in full, what is said about them: a new pydantic must not silence a hint."""

from __future__ import annotations

from pathlib import Path

import pytest

from nncli.config.loading import load
from nncli.errors import ConfigError

GOOD = """\
data: {train: a.csv}
layers:
  - {type: Dense, units: 4}
loss: mean_squared_error
optimizer: adam
epochs: 3
"""


def message(directory: Path, text: str) -> str:
    path = directory / "c.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        load(path)
    return str(error.value).replace(str(path), "c.yaml")


LEARNING_RATE = "write it under the optimizer, as in '{type: adam, learning_rate: 0.001}'"
INPUT_SHAPE = (
    "the input's shape comes from the data; to write it down, "
    "begin the layers with {type: Input, shape: [8]}"
)
PROGRESS = "how much is printed is chosen on the command line, with --progress or -q"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("seeds: 4", "seeds: unknown key; did you mean 'seed'?"),
        ("Metrics: []", "Metrics: unknown key; did you mean 'metrics'?"),
        (
            "validation_split: 0.2",
            "validation_split: unknown key; write it under data, as in 'data: {validation: 0.2}'",
        ),
        ("lr: 0.1", f"lr: unknown key; {LEARNING_RATE}"),
        ("learning_rate: 0.1", f"learning_rate: unknown key; {LEARNING_RATE}"),
        ("input_shape: [3]", f"input_shape: unknown key; {INPUT_SHAPE}"),
        ("verbose: 1", f"verbose: unknown key; {PROGRESS}"),
        (
            "jit_compile: true",
            "jit_compile: unknown key; leave it out: there is nothing to compile",
        ),
        ("nb_epoch: 1", "nb_epoch: unknown key; did you mean 'epochs'?"),
        ("random_state: 1", "random_state: unknown key; did you mean 'seed'?"),
        (
            "zzz: 1",
            "zzz: unknown key; known here: name, seed, dtype, replicas, data, layers, loss, "
            "loss_weights, optimizer, metrics, epochs, batch_size, shuffle, class_weight, "
            "initial_weights, callbacks, checkpoint",
        ),
        ("name: 12", "name: expected text, got 12; put it in quotes: '12'"),
        ("seed: -1", "seed: must be at least 0, got -1"),
        ("seed: 1.0", "seed: expected a whole number, got 1.0; write 1"),
        ("batch_size: true", "batch_size: expected a whole number, got true"),
        (
            "batch_size: '8'",
            "batch_size: expected a whole number, got '8'; write 8 without quotes",
        ),
        (
            "batch_size: 1_000",
            "batch_size: expected a whole number, got '1_000'; write it without '_'",
        ),
        ("batch_size:", "batch_size: expected a whole number, got nothing"),
        ("shuffle: yes", "shuffle: expected true or false, got 'yes'; write true"),
        ("shuffle: Off", "shuffle: expected true or false, got 'Off'; write false"),
        ("shuffle: maybe", "shuffle: expected true or false, got 'maybe'"),
        (
            "dtype: float23",
            "dtype: expected 'float32' or 'float64', got 'float23'; did you mean 'float32'?",
        ),
        ("metrics: accuracy", "metrics: expected a list, got 'accuracy'; write [accuracy]"),
        ("metrics: [acc]", "metrics[0]: there is no metric 'acc'; did you mean 'accuracy'?"),
        ("metrics: [3]", "metrics[0]: expected the name of one of the metrics, got 3"),
        (
            "metrics: [{type: 3}]",
            "metrics[0].type: expected the name of one of the metrics, got 3",
        ),
        (
            "callbacks: [{type: early_stopping, patience: -1}]",
            "callbacks[0].patience: must not be negative, got -1",
        ),
        (
            "callbacks: [{type: EarlyStopping}]",
            "callbacks[0].type: there is no callback 'EarlyStopping'; "
            "did you mean 'early_stopping'?",
        ),
        (
            "batch_size: 12:30",
            "batch_size: expected a whole number, got '12:30'; some readers of YAML count a number "
            "with colons in sixties; write it without them",
        ),
        ("batch_size: 1e99", "batch_size: expected a whole number, got 1e+99; write a smaller one"),
        (
            "batch_size: .nan",
            "batch_size: .nan isn't a finite number; write one, or leave out a key with a default",
        ),
        ("replicas: 65", "replicas: must be at most 64, got 65"),
        ("batch_size: 0", "batch_size: must be at least 1, got 0"),
        (
            "checkpoint: {every: often}",
            "checkpoint.every: must be a time, epochs or steps, as in 30s, 1 epoch or 500 steps, "
            "got 'often'",
        ),
    ],
)
def test_top_level(tmp_path: Path, line: str, expected: str) -> None:
    found = message(tmp_path, GOOD + line).splitlines()[-1]
    _, _, said = found.partition(": ")
    assert said == expected


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        ("Dense", "5: layers[0]: Dense needs more than its name; write {type: Dense, units: ...}"),
        ("5", "5: layers[0]: expected the name of one of the layers, got 5"),
        ("[Dense]", "5: layers[0]: expected the name of one of the layers, got a list"),
        (
            "{type: dense, units: 3}",
            "6: layers[0].type: there is no layer 'dense'; did you mean 'Dense'?",
        ),
        ("{type: Dense}", "5: layers[0].units: missing; 'units' is required here"),
        (
            "{type: Dense, unit: 3}",
            "5: layers[0].units: missing; 'units' is required here\n"
            "c.yaml:3:19: layers[0].unit: unknown key; did you mean 'units'?",
        ),
        ("{type: Dense, units: 0}", "19: layers[0].units: must be at least 1, got 0"),
        (
            "{type: Dense, units: 8.0}",
            "19: layers[0].units: expected a whole number, got 8.0; write 8",
        ),
        ("{type: Dense, units: [8]}", "19: layers[0].units: expected a whole number, got a list"),
        (
            "{type: Dense, units: 8, activation: reLU}",
            "29: layers[0].activation: there is no activation 'reLU'; did you mean 'relu'?",
        ),
        (
            "{type: Dense, units: 8, activation: {type: leaky_relu, slope: 3}}",
            "60: layers[0].activation.slope: unknown key; known here: type, negative_slope",
        ),
        (
            "{type: Dense, units: 8, kernel_initializer: {type: constant, value: x}}",
            "66: layers[0].kernel_initializer.value: expected a number, got 'x'",
        ),
        (
            "{type: Dense, units: 8, inputs: dense}",
            "29: layers[0].inputs: expected a list, got 'dense'; write [dense]",
        ),
        (
            "{type: Dense, units: 8, input_dim: 3}",
            f"29: layers[0].input_dim: unknown key; {INPUT_SHAPE}",
        ),
        (
            "{type: SeparableConv1D, filters: 2, kernel_size: 3, padding: causal}",
            "57: layers[0].padding: expected 'valid' or 'same', got 'causal'",
        ),
        (
            "{type: LSTM, units: 8, stateful: true}",
            "28: layers[0].stateful: unknown key; leave it out: rows are shuffled and divided, so "
            "no state could go from one batch to the next; put all steps that belong together "
            "into one row",
        ),
        (
            "{type: GRU, units: 8, unroll: true}",
            "27: layers[0].unroll: unknown key; leave it out: it changes no result, and nothing "
            "here would be faster by it",
        ),
        (
            "{type: Dense, units: 8, dtype: float64}",
            "29: layers[0].dtype: unknown key; write it at the top of the config, for all layers "
            "work in one dtype",
        ),
        (
            "{type: Dropout, rate: 0.5, seed: 1}",
            "32: layers[0].seed: unknown key; write it at the top of the config",
        ),
        (
            "{type: MaxPooling2D, data_format: channels_last}",
            "26: layers[0].data_format: unknown key; leave it out: channels always come last, as "
            "in (height, width, channels)",
        ),
        (
            "{tpye: Dense, units: 8}",
            "5: layers[0].type: missing; did you mean 'type' by 'tpye'?",
        ),
        ("{units: 8, typ: Dense}", "5: layers[0].type: missing; did you mean 'type' by 'typ'?"),
        ("{type: Dropout, rate: 2}", "21: layers[0].rate: must lie between 0 and 1, got 2.0"),
    ],
)
def test_layers(tmp_path: Path, layer: str, expected: str) -> None:
    text = GOOD.replace("{type: Dense, units: 4}", layer)
    assert message(tmp_path, text) == f"c.yaml:3:{expected}"


def test_a_dtype_is_not_taken_for_a_misspelt_type(tmp_path: Path) -> None:
    text = GOOD.replace("{type: Dense, units: 4}", "{units: 4, dtype: float32}")
    assert "missing; 'type' says which layer; known: " in message(tmp_path, text)


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("{}", "1: data.train: missing; 'train' is required here"),
        ("a.csv", "1: data: expected a mapping, got 'a.csv'"),
        ("{train: 3}", "8: data.train: expected text, got 3; put it in quotes: '3'"),
        ("{train: ''}", "8: data.train: must name a table, got ''"),
        ("{train: a.csv, test: ''}", "22: data.test: must name a table, got ''"),
        (
            "{train: a.csv, validation_split: 0.2}",
            "22: data.validation_split: unknown key; "
            "write it under data, as in 'data: {validation: 0.2}'",
        ),
        ("{train: a.csv, test: true}", "22: data.test: expected text or a number, got true"),
        (
            "{train: a.csv, test: 1.5}",
            "22: data.test: must be a fraction between 0 and 1, a number of rows, or a file, "
            "got 1.5",
        ),
        (
            "{train: a.csv, target: [[a]]}",
            "31: data.target[0]: expected text or a whole number, got a list",
        ),
        (
            "{train: a.csv, split: lst}",
            "22: data.split: expected 'last', 'random' or 'stratified', got 'lst'; "
            "did you mean 'last'?",
        ),
    ],
)
def test_data(tmp_path: Path, section: str, expected: str) -> None:
    assert message(tmp_path, GOOD.replace("{train: a.csv}", section)) == f"c.yaml:1:{expected}"


@pytest.mark.parametrize(
    ("optimizer", "expected"),
    [
        ("Adam", "1: optimizer: there is no optimizer 'Adam'; did you mean 'adam'?"),
        (
            "{type: adam, lr: 0.1}",
            "25: optimizer.lr: unknown key; did you mean 'learning_rate'?",
        ),
        (
            "{type: adam, learning_rate: fast}",
            "25: optimizer.learning_rate: expected a number or the name of one of the schedules, "
            "got 'fast'",
        ),
        (
            "{type: adam, learning_rate: '0.01'}",
            "25: optimizer.learning_rate: expected a number or the name of one of the schedules, "
            "got '0.01'; write 0.01 without quotes",
        ),
        (
            "{type: adam, learning_rate: 0}",
            "25: optimizer.learning_rate: must be above 0, got 0.0",
        ),
        (
            "{learning_rate: 0.1}",
            "1: optimizer.type: missing; 'type' says which optimizer; "
            "known: adadelta, adagrad, adam, adamax, adamw, ftrl, lion, nadam, rmsprop, sgd",
        ),
        (
            "{type: adam, learning_rate: cosine_decay}",
            "25: optimizer.learning_rate: cosine_decay needs more than its name; write "
            "{type: cosine_decay, initial_learning_rate: ..., decay_steps: ...}",
        ),
        (
            "{type: adam, learning_rate: {type: cosine, decay_steps: 5}}",
            "41: optimizer.learning_rate.type: there is no schedule 'cosine'; "
            "did you mean 'cosine_decay'?",
        ),
        (
            "{type: sgd, learning_rate: "
            "{type: cosine_decay, initial_learning_rate: 1, decay_steps: 0}}",
            "86: optimizer.learning_rate.decay_steps: must be at least 1, got 0",
        ),
        (
            "{type: sgd, clipnorm: 1, clipvalue: 1}",
            "37: optimizer.clipvalue: can't go together with clipnorm",
        ),
        ("", "1: optimizer: expected the name of one of the optimizers, got nothing"),
    ],
)
def test_optimizer(tmp_path: Path, optimizer: str, expected: str) -> None:
    text = GOOD.replace("optimizer: adam", f"optimizer: {optimizer}")
    assert message(tmp_path, text) == f"c.yaml:5:{expected}"


def test_loss_by_its_short_name(tmp_path: Path) -> None:
    assert message(tmp_path, GOOD.replace("mean_squared_error", "mse")) == (
        "c.yaml:4:1: loss: there is no loss 'mse'; did you mean 'mean_squared_error'?"
    )


def test_all_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = "epochs: 0\nbatch_size: 012\nseed: x\nseeds: 1\nlayers: []\n"
    assert message(tmp_path, text).splitlines() == [
        "c.yaml:1:1: loss: missing; 'loss' is required here",
        "c.yaml:1:1: optimizer: missing; 'optimizer' is required here",
        "c.yaml:1:1: epochs: must be at least 1, got 0",
        "c.yaml:1:1: data: missing; training needs a table",
        "c.yaml:2:1: batch_size: 012 starts with a zero, which some readers of YAML take for an "
        "octal number; write 12, or '012' in quotes if it is a name",
        "c.yaml:3:1: seed: expected a whole number, got 'x'",
        "c.yaml:4:1: seeds: unknown key; did you mean 'seed'?",
        "c.yaml:5:1: layers: must hold at least 1, got none",
    ]


def test_what_a_component_refuses_is_said_beside_wrong_types(tmp_path: Path) -> None:
    optimizer = "{type: sgd, learning_rate: -1, nesterov: 7, momentum: 2}"
    text = GOOD.replace("optimizer: adam", f"optimizer: {optimizer}")
    assert message(tmp_path, text).splitlines() == [
        "c.yaml:5:24: optimizer.learning_rate: must be above 0, got -1.0",
        "c.yaml:5:43: optimizer.nesterov: expected true or false, got 7",
        "c.yaml:5:56: optimizer.momentum: must be at least 0 and below 1, got 2.0",
    ]
