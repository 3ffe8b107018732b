"""A training that is taken up from a checkpoint comes to the same bytes, whatever it is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nncli.engine.layers import Layer
from nncli.engine.losses import Loss
from nncli.engine.metrics import Metric
from nncli.engine.model import Model
from nncli.engine.optimizers import Optimizer
from nncli.runs.checkpoints import load_checkpoint, save_checkpoint
from nncli.training import epoch
from nncli.training.cadence import Cadence
from nncli.training.callbacks import Callback
from nncli.training.loop import Trainer
from nncli.training.observer import Observer
from tests.engine import support
from tests.golden.cases import LAYERS, take
from tests.golden.metric_cases import METRICS
from tests.golden.optimizer_cases import OPTIMIZERS, SCHEDULES
from tests.golden.rule_cases import CALLBACKS
from tests.golden.words import Case, use

NOISE = ("rate", "stddev", "dropout", "recurrent_dropout")
"""The fields that make a layer draw random numbers."""
SMALL = [
    take(4),
    use("Dense", units=5, activation="tanh", kernel_regularizer="l2", activity_regularizer="l1"),
    use("BatchNormalization"),
    use("Dropout", rate=0.25),
    use("Dense", units=1, activation="tanh"),
]


class Rows:
    """Rows of noise."""

    sample_weight = None

    def __init__(
        self,
        count: int,
        shape: tuple[int, ...] = (4,),
        targets: str = "values",
        outputs: int = 1,
    ) -> None:
        random = np.random.default_rng(count)
        self.inputs = (random.random((count, *shape), dtype=np.float32),)
        if targets == "index":
            self.targets: tuple[Any, ...] = (random.integers(outputs, size=(count, 1)),)
        else:
            values = random.random((count, outputs), dtype=np.float32)
            self.targets = (values if targets == "values" else np.round(values),)

    def __len__(self) -> int:
        return len(self.inputs[0])


class Keeper(Observer):
    """Keeps the state in files after some batches."""

    def __init__(self, folder: Path, *batches: int) -> None:
        self.folder, self.batches = folder, batches

    def on_checkpoint(self, trainer: Trainer) -> None:
        number = trainer.optimizer.batches
        if number in self.batches:
            save_checkpoint(self.folder / str(number), number, trainer.state())


def trainer_of(
    *,
    layers: list[Case] = SMALL,
    optimizer: Case | str = "adam",
    metrics: tuple[Case | str, ...] = (),
    callbacks: tuple[Case, ...] = (),
    loss: str = "mean_squared_error",
    rows: Rows | None = None,
    **options: Any,
) -> Trainer:
    return Trainer(
        Model(
            [support.make(Layer, plain) for plain in layers],
            losses=[support.make(Loss, loss)],
            seed=5,
        ),
        support.make(Optimizer, optimizer),
        [support.make(Metric, plain) for plain in metrics],
        callbacks=[support.make(Callback, plain) for plain in callbacks],
        train=rows or Rows(40),
        validation=Rows(12) if rows is None else rows,
        batch_size=7,
        seed=3,
        cadence=Cadence(every="1 step"),
        **options,
    )


def outcome(trainer: Trainer) -> tuple[bytes, ...]:
    arrays = (*trainer.snapshot(), *trainer.best.weights, np.array(trainer.history.rows))
    sizes = np.array(list(trainer.sizes.rows.values()))
    return (*(array.tobytes() for array in (*arrays, sizes)), str(trainer.stop_reason).encode())


def assert_resumes(
    folder: Path, make: Callable[[], Trainer], epochs: int = 3, batches: tuple[int, ...] = (3, 12)
) -> None:
    """Train at once, and again from within the first epoch and from the end of the second."""
    whole = make()
    whole.observer = Keeper(folder, *batches)
    whole.fit(epochs)
    assert whole.optimizer.batches > batches[0]
    for number in batches:
        state, damages = load_checkpoint(folder / str(number))
        if state is None:
            assert whole.optimizer.batches < number
            continue
        assert not damages
        resumed = make()
        resumed.load_state(state)
        resumed.fit(epochs)
        assert outcome(resumed) == outcome(whole)


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_every_optimizer(key: str, tmp_path: Path) -> None:
    assert_resumes(tmp_path, lambda: trainer_of(optimizer=OPTIMIZERS[key]["optimizer"]))


@pytest.mark.parametrize("key", SCHEDULES)
def test_every_schedule(key: str, tmp_path: Path) -> None:
    schedule = use(key.partition(".")[0], **SCHEDULES[key])
    optimizer = use("sgd", momentum=0.5, learning_rate=schedule, clipvalue=0.01)
    assert_resumes(tmp_path, lambda: trainer_of(optimizer=optimizer))


@pytest.mark.parametrize("key", [*CALLBACKS, "model_checkpoint"])
def test_every_callback(key: str, tmp_path: Path) -> None:
    case = CALLBACKS.get(key) or {"callbacks": [use(key, monitor="val_r2_score")]}
    optimizer = use("adam", learning_rate=0.25)
    assert_resumes(
        tmp_path,
        lambda: trainer_of(
            callbacks=tuple(case["callbacks"]), metrics=("r2_score",), optimizer=optimizer
        ),
        epochs=12,
        batches=(3, 12, 23, 24),
    )


@pytest.mark.parametrize("key", METRICS)
def test_every_metric(key: str, tmp_path: Path) -> None:
    case = METRICS[key]
    rows = Rows(40, (4,), targets=case["targets"], outputs=case["width"])
    sparse = case["targets"] == "index"
    loss = "sparse_categorical_crossentropy" if sparse else "mean_squared_error"
    layers = [take(4), use("Dense", units=case["width"], activation="softmax")]
    assert_resumes(
        tmp_path,
        lambda: trainer_of(layers=layers, metrics=(case["component"],), loss=loss, rows=rows),
        batches=(3,),
    )


def noisy_layers() -> dict[str, Case]:
    """Return every layer that can draw random numbers, with a shape that it takes."""
    cases = {key: case for key, case in LAYERS.items() if "." not in key}
    found = {}
    for member in Layer.members:
        noise = {f.name: 0.25 for f in fields(Layer.members[member]) if f.name in NOISE}
        if noise and member in cases:
            found[member] = {"input": cases[member]["layers"][0], "noise": noise}
    return found


@pytest.mark.parametrize("member", noisy_layers())
def test_every_layer_with_noise(member: str, tmp_path: Path) -> None:
    case = noisy_layers()[member]
    plain = next(p for p in LAYERS[member]["layers"] if p["type"] == member)
    layers = [case["input"], {**plain, **case["noise"]}, use("Flatten"), use("Dense", units=1)]
    shape = case["input"]["shape"]

    def make() -> Trainer:
        trainer = trainer_of(layers=layers, rows=Rows(40, shape), replicas=2)
        assert trainer.model.noises
        return trainer

    assert_resumes(tmp_path, make, batches=(3,))


@pytest.mark.parametrize("replicas", [1, 2, 3])
@pytest.mark.parametrize("shuffle", [True, False])
def test_replicas_and_blocks(
    replicas: int, shuffle: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(epoch, "_BLOCK_ROWS", 14)
    make = lambda: trainer_of(replicas=replicas, shuffle=shuffle)  # noqa: E731
    assert_resumes(tmp_path, make, batches=(1, 2, 5, 6, 9, 18))
