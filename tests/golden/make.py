"""Make the golden values with Keras, in an environment of its own (it is no dependency).

    pip install keras==3.15.* tensorflow-cpu && python -m tests.golden.make [FAMILY[/MEMBER] ...]

The family "jax" is made by `KERAS_BACKEND=jax`, with jax installed too; all others on TensorFlow.

Every array that a test needs is stored, inputs and starting weights too: `values/FAMILY/MEMBER.npz`
holds "case/what" entries and "keras", the version that made them. Everything is float64.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.update(KERAS_BACKEND=os.environ.get("KERAS_BACKEND", "tensorflow"))
os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1", JAX_ENABLE_X64="1")

import keras
import numpy as np
import tensorflow as tf

from tests.golden import (
    cases,
    draws,
    function_cases,
    graph_cases,
    keras_models,
    loss_cases,
    metric_cases,
    network_cases,
    optimizer_cases,
    oracles,
    rule_cases,
    run_cases,
    words,
)
from tests.golden.words import Case

VALUES = Path(__file__).parent / "values"
Arrays = dict[str, Any]


def start(network: keras.Model, random: np.random.Generator) -> Arrays:
    """Give the model random weights (variances positive, counts 0) and return them by path."""
    values = {}
    for path, variable in keras_models.weights(network).items():
        value = random.normal(0.0, 0.5, variable.shape)
        value = np.zeros(variable.shape) if "int" in variable.dtype else value
        values[path] = np.abs(value) + 0.5 if "variance" in path else value
        variable.assign(values[path])
    for layer in network.layers:
        if isinstance(layer, keras.layers.Normalization):
            layer.finalize_state()
    return values


def run_layers(key: str, case: Case) -> Arrays:
    """Outputs, and the gradients of a random projection of them."""
    random = draws.generator(key)
    network = keras_models.model(case["layers"])
    result = {f"weights/{path}": value for path, value in start(network, random).items()}
    shapes = [(case["rows"], *tensor.shape[1:]) for tensor in network.inputs]
    inputs = [draws.inputs(case.get("values", "normal"), shape, random) for shape in shapes]
    tensors = [tf.convert_to_tensor(array) for array in inputs]
    with tf.GradientTape(persistent=True) as tape:
        tape.watch([tensor for tensor in tensors if tensor.dtype == tf.float64])
        outputs = network(
            tensors[0] if len(tensors) == 1 else tensors, training=case.get("training", False)
        )
        outputs = outputs if isinstance(outputs, list) else [outputs]
        projections = [random.normal(0.0, 1.0, output.shape) for output in outputs]
        total = tf.add_n([tf.reduce_sum(p * y) for p, y in zip(projections, outputs, strict=True)])
    for position, array in enumerate(inputs):
        result[f"inputs/{position}"] = array
        if tensors[position].dtype == tf.float64:
            result[f"d_inputs/{position}"] = tape.gradient(total, tensors[position])
    for position, output in enumerate(outputs):
        result[f"outputs/{position}"] = output
        result[f"projections/{position}"] = projections[position]
    for variable in network.trainable_weights:
        result[f"d_weights/{variable.path}"] = tf.convert_to_tensor(
            tape.gradient(total, variable.value, unconnected_gradients="zero")
        )
    for variable in network.non_trainable_weights:
        result[f"state/{variable.path}"] = variable.value
    return result


def run_activation(key: str, case: Case) -> Arrays:
    """Values and gradient on a table with zeros, ties and large values."""
    random = draws.generator(key)
    x = random.normal(0.0, 2.0, (6, 5))
    x[0] = [0.0, 1.0, -1.0, 1.0, 30.0]
    x[1] = [-800.0, 800.0, -30.0, 0.0, 4.0]
    x = np.clip(x, -case.get("largest", np.inf), case.get("largest", np.inf))
    d_y = random.normal(0.0, 1.0, x.shape)
    tensor = tf.convert_to_tensor(x)
    with tf.GradientTape() as tape:
        tape.watch(tensor)
        y = keras_models.activation(case)(tensor)
    return {"x": x, "y": y, "d_y": d_y, "d_x": tape.gradient(y, tensor, output_gradients=d_y)}


def run_initializer(key: str, case: Case) -> Arrays:
    """Mean, standard deviation and bounds of a large draw of each shape."""
    result = {}
    for position, shape in enumerate(function_cases.INITIALIZER_SHAPES):
        if not function_cases.fits(case, shape):
            continue
        fields = function_cases.bare(case) | seeded(case["type"])
        initializer = keras_models.member(keras.initializers, fields)
        values = np.asarray(initializer(shape, dtype="float64"))
        result[f"{position}"] = [values.mean(), values.std(), values.min(), values.max()]
    return result


def seeded(type: str) -> Case:
    """Return the seed, for those initializers that draw."""
    return {} if type in ("zeros", "ones", "constant", "identity") else {"seed": 1}


def run_loss(key: str, case: Case) -> Arrays:
    """The loss of a batch and its gradient with respect to y_pred.

    With an `activation`, y_pred are its logits and the loss finds them behind its output.
    """
    y_true, y_pred = draws.rows(case, 6, draws.generator(key))
    loss = keras_models.member(keras.losses, case["component"])
    tensor = tf.convert_to_tensor(y_pred)
    with tf.GradientTape() as tape:
        tape.watch(tensor)
        output = tensor
        if "activation" in case:
            output = keras_models.activation(case["activation"])(tensor)
        value = loss(y_true, output)
    return {
        "y_true": y_true,
        "y_pred": y_pred,
        "loss": value,
        "d_y_pred": tape.gradient(value, tensor),
    }


def run_metric(key: str, case: Case) -> Arrays:
    """The metric as `evaluate` reports it over batches of four, the last one short.

    And once more with a weight for each row, which `evaluate` would not use here.
    """
    random = draws.generator(key)
    y_true, y_pred = draws.rows(case, 18, random)
    weights = draws.weights(len(y_true), random, whole=case.get("whole_weights", False))
    arrays = {"y_true": y_true, "y_pred": y_pred, "weights": weights}
    if case["component"]["type"] == "matthews_correlation":
        return arrays | oracles.matthews_correlation(**arrays)
    floats = case.get("floats", "float64")
    keras.config.set_floatx(floats)
    network = keras_models.model(
        [words.take(*y_pred.shape[1:]), words.use("Activation", activation="linear")]
    )
    network.compile(
        loss="mean_squared_error",
        metrics=[keras_models.metric(case["component"], case)],
        run_eagerly=case.get("eager", False),
    )
    results = network.evaluate(y_pred, y_true, batch_size=4, verbose=0, return_dict=True)
    results.pop("loss")
    (result,) = results.values()
    (measure,) = network._compile_metrics.metrics
    measure.reset_state()
    for rows in (slice(start, start + 4) for start in range(0, len(y_true), 4)):
        measure.update_state(y_true[rows], y_pred[rows].astype(floats), sample_weight=weights[rows])
    keras.config.set_floatx("float64")
    return arrays | {"result": result, "weighted": measure.result()}


def run_training(key: str, case: Case) -> Arrays:
    """A training run without shuffling: starting and final weights, history, evaluation."""
    random = draws.generator(key)
    network = keras_models.model(case["layers"])
    start(network, random)
    shape = (case["rows"], *network.inputs[0].shape[1:])
    inputs = draws.inputs(case.get("values", "normal"), shape, random)
    for layer in network.layers:
        if isinstance(layer, keras.layers.Normalization):
            layer.adapt(inputs)
    initial = keras_models.weights(network).items()
    result = {f"initial/{path}": keras.ops.convert_to_numpy(variable) for path, variable in initial}
    targets = draws.targets(case["targets"], (case["rows"], *network.outputs[0].shape[1:]), random)
    network.compile(
        loss=keras_models.member(keras.losses, case["loss"]),
        optimizer=keras_models.member(keras.optimizers, case["optimizer"]),
        metrics=[keras_models.metric(component) for component in case["metrics"]],
        jit_compile=False,
    )
    watched = "callbacks" in case
    fit = network.fit(
        inputs,
        targets,
        validation_data=(inputs, targets) if watched else None,
        callbacks=[keras_models.callback(plain) for plain in case["callbacks"]] if watched else [],
        batch_size=case["batch_size"],
        epochs=case["epochs"],
        shuffle=False,
        verbose=0,
    )
    scores = network.evaluate(
        inputs, targets, batch_size=case["batch_size"], verbose=0, return_dict=True
    )
    result |= {"inputs": inputs, "targets": targets}
    result |= {f"history/{name}": values for name, values in fit.history.items()}
    result |= {f"evaluation/{name}": value for name, value in scores.items()}
    final = keras_models.weights(network).items()
    return result | {f"final/{path}": variable.value for path, variable in final}


def run_graph(key: str, case: Case) -> Arrays:
    """A training run of several inputs and outputs, or of rows that don't count alike."""
    random = draws.generator(key)
    network = keras_models.model(case["layers"])
    result = {f"initial/{path}": value for path, value in start(network, random).items()}
    shapes = [(case["rows"], *tensor.shape[1:]) for tensor in network.inputs]
    inputs = [draws.inputs(case.get("values", "normal"), shape, random) for shape in shapes]
    shapes = [(case["rows"], *tensor.shape[1:]) for tensor in network.outputs]
    kinds = case["targets"]
    kinds = list(kinds.values()) if isinstance(kinds, dict) else [kinds]
    targets = [
        inputs[0] if kind == "inputs" else draws.targets(kind, shape, random)
        for kind, shape in zip(kinds, shapes, strict=True)
    ]
    weights = draws.weights(case["rows"], random, whole=False) if "weighed" in case else None
    network.compile(
        loss=_by_name(case["loss"], lambda loss: keras_models.member(keras.losses, loss)),
        loss_weights=case.get("loss_weights"),
        optimizer=keras_models.member(keras.optimizers, case["optimizer"]),
        metrics=_by_name(case["metrics"], lambda each: [keras_models.metric(m) for m in each]),
        jit_compile=False,
    )
    by_class = {int(label): weight for label, weight in case.get("class_weight", {}).items()}
    settings = {"batch_size": case["batch_size"], "verbose": 0}
    one = len(targets) == 1
    y = targets[0] if one else targets
    fit = network.fit(
        inputs,
        y,
        sample_weight=weights,
        class_weight=by_class or None,
        epochs=case["epochs"],
        shuffle=False,
        **settings,
    )
    scores = network.evaluate(inputs, y, sample_weight=weights, return_dict=True, **settings)
    result |= {f"inputs/{number}": array for number, array in enumerate(inputs)}
    result |= {f"targets/{number}": array for number, array in enumerate(targets)}
    if weights is not None:
        result["sample_weight"] = weights
    if by_class:
        classes = targets[0].argmax(axis=-1).tolist()
        result["class_weight"] = [by_class.get(number, 1.0) for number in classes]
    result |= {f"history/{name}": values for name, values in fit.history.items()}
    result |= {f"evaluation/{name}": value for name, value in scores.items()}
    final = keras_models.weights(network).items()
    return result | {f"final/{path}": variable.value for path, variable in final}


def _by_name(given: Any, make_one: Callable[[Any], Any]) -> Any:
    """Return what a map from output names, or the one thing given, becomes."""
    if isinstance(given, dict) and "type" not in given:
        return {name: make_one(each) for name, each in given.items()}
    return make_one(given)


def run_schedule(key: str, case: Case) -> Arrays:
    """The rates of the first steps."""
    fields = {"type": key.partition(".")[0], **case}
    schedule = keras_models.member(keras.optimizers.schedules, fields)
    steps = range(optimizer_cases.SCHEDULE_STEPS)
    return {"rates": [float(schedule(tf.constant(step, tf.int64))) for step in steps]}


FAMILIES: dict[str, tuple[dict[str, Case], Callable[[str, Case], Arrays]]] = {
    "layers": (cases.LAYERS, run_layers),
    "activations": (function_cases.ACTIVATIONS, run_activation),
    "initializers": (function_cases.INITIALIZERS, run_initializer),
    "losses": (loss_cases.LOSSES, run_loss),
    "metrics": (metric_cases.METRICS, run_metric),
    "optimizers": (optimizer_cases.OPTIMIZERS, run_training),
    "schedules": (optimizer_cases.SCHEDULES, run_schedule),
    "regularizers": (rule_cases.REGULARIZERS, run_training),
    "constraints": (rule_cases.CONSTRAINTS, run_training),
    "callbacks": (rule_cases.CALLBACKS, run_training),
    "runs": (run_cases.RUNS, run_training),
    "graphs": (graph_cases.GRAPHS, run_graph),
    "networks": (network_cases.NETWORKS, run_training),
    "jax": (network_cases.SUMMED, run_training),
}


def main(wanted: list[str]) -> None:
    """Make the families or members named, or all."""
    keras.config.set_floatx("float64")
    warnings.filterwarnings("ignore", message=".*from_logits=True.*")
    on_jax = keras.backend.backend() == "jax"
    for name in wanted or [family for family in FAMILIES if (family == "jax") == on_jax]:
        family, _, only = name.partition("/")
        assert (family == "jax") == on_jax, f"{family} is made on another backend"
        cases, run = FAMILIES[family]
        for member in [only] if only else dict.fromkeys(map(member_of, cases)):
            make(family, member, {k: c for k, c in cases.items() if member_of(k) == member}, run)


def member_of(key: str) -> str:
    """Return the member that a case is about."""
    return key.partition(".")[0]


def make(family: str, member: str, cases: dict[str, Case], run: Callable[..., Arrays]) -> None:
    """Run a member's cases in Keras and store what came out."""
    arrays: Arrays = {"keras": np.array(keras.__version__)}
    for key, case in cases.items():
        for name, value in run(key, case).items():
            arrays[f"{key}/{name}"] = np.asarray(value)
    path = VALUES / family / f"{member}.npz"
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **arrays)
    print(f"{family}/{member}: {len(cases)} cases, {len(arrays)} arrays")


if __name__ == "__main__":
    main(sys.argv[1:])
