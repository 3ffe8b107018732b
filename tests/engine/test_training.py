"""Training runs without shuffling: Keras's history and weights, for every loss and optimizer."""

from __future__ import annotations

import json
import tracemalloc

import numpy as np
import pytest

from nncli.engine.layers import Layer
from nncli.engine.losses import Loss
from nncli.engine.metrics import Metric
from nncli.engine.model import Model
from nncli.engine.objective import Objective
from nncli.engine.optimizers import Optimizer
from nncli.engine.types import Array
from tests.engine import support
from tests.golden.optimizer_cases import OPTIMIZERS
from tests.golden.run_cases import RUNS
from tests.golden.words import Case, take, use

ALL = [("runs", key) for key in RUNS] + [("optimizers", key) for key in OPTIMIZERS]
ROWS, SHORT = 30_000, 700
each_run = pytest.mark.parametrize(("family", "key"), ALL)


class Run:
    """A training run reduced to its bones: the engine's parts in the order of a training loop."""

    def __init__(self, case: Case, dtype: str = "float64", seed: int = 0) -> None:
        loss = support.make(Loss, case["loss"])
        self.case = case
        self.model = Model(support.layers_of(case), losses=[loss], dtype=dtype, seed=seed)
        self.objective = Objective(self.model)
        self.optimizer: Optimizer = support.make(Optimizer, case["optimizer"])
        self.optimizer.build(self.model.parameters)
        self.metrics = [support.make(Metric, metric) for metric in case["metrics"]]
        for metric in self.metrics:
            metric.build(self.model.output_shapes[0], sparse=loss.sparse)

    def step(self, inputs: Array, targets: Array) -> None:
        plan = self.model.plan(len(inputs), training=True)
        np.copyto(plan.inputs[0], inputs)
        plan.forward()
        kept = self.objective.kept(plan)
        self.score((targets,), kept)
        self.objective.gradient((targets,), plan, kept)
        plan.backward()
        self.optimizer.update()

    def score(self, targets: tuple[Array], kept: tuple[Array, ...]) -> None:
        self.losses.extend(self.objective.values(targets, kept))
        for metric in self.metrics:
            counted = self.objective.counted(kept, 0)
            metric.update(targets[0], self.model.activate(kept[:1])[0], counted)

    def epoch(self, inputs: Array, targets: Array) -> dict[str, float]:
        self.losses: list[float] = []
        for metric in self.metrics:
            metric.reset()
        size = self.case["batch_size"]
        for start in range(0, len(inputs), size):
            self.step(inputs[start : start + size], targets[start : start + size])
        results = {metric.type: metric.result() for metric in self.metrics}
        return {"loss": float(np.mean(self.losses))} | results


def case_of(family: str, key: str) -> Case:
    return {"runs": RUNS, "optimizers": OPTIMIZERS}[family][key]


def test_every_optimizer_has_cases() -> None:
    assert not support.members_without_case(Optimizer, OPTIMIZERS, at_least=2)


def test_every_loss_has_a_run() -> None:
    assert not support.members_without_case(Loss, RUNS)


@each_run
def test_history_and_weights_are_those_of_keras(family: str, key: str) -> None:
    case, golden = case_of(family, key), support.golden(family)[key]
    run = Run(case)
    run.model.load_weights(golden.under("initial"))
    epochs = [run.epoch(golden["inputs"], golden["targets"]) for _ in range(case["epochs"])]
    run.optimizer.finish()
    history = {name: np.array([epoch[name] for epoch in epochs]) for name in epochs[0]}
    support.assert_close(history, golden.under("history"), support.tolerance(case))
    support.assert_close(run.model.weights(), golden.under("final"), support.tolerance(case))


@each_run
def test_trained_model_predicts_what_keras_evaluated(family: str, key: str) -> None:
    case, golden = case_of(family, key), support.golden(family)[key]
    run = Run(case)
    run.model.load_weights(golden.under("final"))
    run.losses, outputs = [], []
    for start in range(0, len(golden["inputs"]), case["batch_size"]):
        part = slice(start, start + case["batch_size"])
        plan = run.model.plan(len(golden["inputs"][part]), training=False)
        np.copyto(plan.inputs[0], golden["inputs"][part])
        plan.forward()
        run.score((golden["targets"][part],), run.objective.kept(plan))
        outputs.append(run.model.activate((plan.outputs[0].copy(),))[0])
    results = {metric.type: metric.result() for metric in run.metrics}
    results["loss"] = np.mean(run.losses)
    support.assert_close(results, golden.under("evaluation"), support.tolerance(case))
    (predictions,) = run.model.predict((golden["inputs"],), batch_size=3)
    assert support.error(predictions, np.concatenate(outputs)) <= 1e-12


@each_run
def test_float32_comes_near(family: str, key: str) -> None:
    case, golden = case_of(family, key), support.golden(family)[key]
    run = Run(case, "float32")
    run.model.load_weights(golden.under("initial"))
    for _ in range(case["epochs"]):
        run.epoch(golden["inputs"], golden["targets"])
    run.optimizer.finish()
    assert {weight.dtype for weight in run.model.weights().values()} == {np.dtype(np.float32)}
    support.assert_close(run.model.weights(), golden.under("final"), 1e-3)


@each_run
def test_same_seed_same_bytes(family: str, key: str) -> None:
    def trained(seed: int) -> bytes:
        run, golden = Run(case_of(family, key), "float32", seed), support.golden(family)[key]
        for _ in range(3):
            run.epoch(golden["inputs"], golden["targets"])
        return run.model.parameters.values.tobytes()

    assert trained(5) == trained(5) != trained(6)


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_config_round_trip(key: str) -> None:
    optimizer = support.make(Optimizer, OPTIMIZERS[key]["optimizer"])
    again = json.loads(json.dumps(support.as_plain(optimizer)))
    assert support.make(Optimizer, again) == optimizer


@pytest.mark.parametrize(
    ("family", "key"), [run for run in ALL if not run[1].endswith(("images", "masked"))]
)
def test_steps_leave_nothing_behind(family: str, key: str) -> None:
    """Fifty steps, short ones among them, keep no memory and make no array.

    Images and sequences, slow with as many rows, have the same test layer by layer.
    """
    run, golden = Run(case_of(family, key)), support.golden(family)[key]
    random = np.random.default_rng(2)
    chosen = random.integers(0, len(golden["inputs"]), ROWS)
    inputs, targets = golden["inputs"][chosen], golden["targets"][chosen]

    def steps(count: int) -> None:
        for number in range(count):
            rows = SHORT if number % 10 else ROWS
            plan = run.model.plan(rows, training=True)
            np.copyto(plan.inputs[0], inputs[:rows])
            plan.forward()
            run.objective.gradient((targets[:rows],), plan)
            plan.backward()
            run.optimizer.update()

    steps(2)
    tracemalloc.start()
    steps(100)  # numpy and Python keep some small pieces of memory at hand, up to a limit
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.reset_peak()
    steps(50)
    still_kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert still_kept - kept < 2_000
    assert peak - kept < support.NUMPYS_OWN_BYTES < ROWS * 8


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_updates_make_no_array(key: str) -> None:
    layers = [support.make(Layer, plain) for plain in (take(200), use("Dense", units=200))]
    model = Model(layers, dtype="float32")
    optimizer = support.make(Optimizer, OPTIMIZERS[key]["optimizer"])
    optimizer.build(model.parameters)
    model.parameters.gradients.fill(0.5)
    optimizer.update()
    tracemalloc.start()
    for _ in range(50):
        model.parameters.gradients.fill(0.5)
        optimizer.update()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10_000 < model.parameters.values.nbytes
