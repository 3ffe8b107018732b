"""What is said of numbers that go wrong, and what is left of the training."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nncli.engine.layers import Dense, Layer
from nncli.engine.losses import Loss
from nncli.engine.model import Model
from nncli.engine.optimizers import Adam, Optimizer, Sgd
from nncli.errors import TrainingError
from nncli.training import astray
from nncli.training.loop import Trainer


class _Rows:
    sample_weight = None

    def __init__(self, scale: float = 1.0, offset: float = 0.0, target: float = 1.0) -> None:
        random = np.random.default_rng(0)
        self.inputs = (scale * random.random((60, 4), dtype=np.float32) + np.float32(offset),)
        self.targets = (target * self.inputs[0].sum(axis=1, keepdims=True),)

    def __len__(self) -> int:
        return len(self.inputs[0])


def _trainer(
    rows: _Rows, optimizer: Optimizer, loss: str = "mean_squared_error", **options: Any
) -> Trainer:
    layers: list[Layer] = [Dense(units=8), Dense(units=1)]
    model = Model(layers, input_shape=(4,), losses=[Loss.members[loss]()], seed=1)  # type: ignore[list-item]
    return Trainer(model, optimizer, [], train=rows, batch_size=10, **options)


@pytest.mark.parametrize("replicas", [1, 2])
@pytest.mark.parametrize(
    ("rows", "optimizer", "loss", "message"),
    [
        (_Rows(), Sgd(learning_rate=1e30), "mean_squared_error",
         "most likely the learning rate, 1e[+]30, is too high; try 0.01, or optimizer.clipnorm: 1"),
        (_Rows(scale=1e8), Sgd(), "mean_squared_error",
         "inputs reach 9.49e[+]07; scale them, as with data.scale: standard"),
        (_Rows(target=1e25), Sgd(), "mean_squared_error",
         "targets reach .*e[+]25; divide them, or take a smaller learning rate"),
        (_Rows(offset=2.0), Adam(), "poisson",
         "was the loss, in batch 1: poisson has no finite value there, as where a logarithm of"),
    ],
)  # fmt: skip
def test_the_likely_cause_is_named(
    rows: _Rows, optimizer: Optimizer, loss: str, message: str, replicas: int
) -> None:
    trainer = _trainer(rows, optimizer, loss, replicas=replicas)
    before = trainer.snapshot()
    with pytest.raises(TrainingError, match=message):
        trainer.fit(5)
    if trainer.history.epochs == 0:
        assert all(np.array_equal(*pair) for pair in zip(before, trainer.snapshot(), strict=True))


class _Explosive(Sgd):
    """Sends the kernel of the second layer to infinity after some batches."""

    def end_step(self) -> None:
        if self.batches == 16:
            self.parameters.values[-3] = np.inf

    def update(self) -> None:
        super().update()
        self.end_step()


@pytest.mark.parametrize("replicas", [1, 2])
def test_the_epoch_the_batch_and_the_first_place_are_named(replicas: int) -> None:
    trainer = _trainer(_Rows(), _Explosive(), replicas=replicas)
    straight = _trainer(_Rows(), Sgd(), replicas=replicas)
    with pytest.raises(TrainingError) as error:
        trainer.fit(5)
    assert "at epoch 3, batch 5: training can't go on. The first that wasn't finite was " in str(
        error.value
    )
    assert "was dense_1/kernel after its update, in batch 4: " in str(error.value)
    straight.fit(2)  # the last state that was good is that before the epoch
    assert trainer.history.rows == straight.history.rows
    assert np.array_equal(trainer.model.parameters.values, straight.model.parameters.values)


def test_a_weight_that_no_loss_shows_ends_training_too() -> None:
    class Last(_Explosive):
        def end_step(self) -> None:
            if self.batches == 12:
                self.parameters.values[-3] = np.nan

    trainer = _trainer(_Rows(), Last())
    with pytest.raises(TrainingError, match="a weight isn't finite at epoch 3, batch 6: "):
        trainer.fit(2)
    assert np.isfinite(trainer.model.parameters.values).all()


def test_what_is_too_large_to_be_copied_is_said_without_a_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(astray, "_LARGEST", 0)
    trainer = _trainer(_Rows(), Sgd(learning_rate=1e30))
    with pytest.raises(TrainingError, match=r"batch 2: training can't go on. Most often the learn"):
        trainer.fit(5)


def test_a_step_that_runs_out_of_memory_is_undone(monkeypatch: pytest.MonkeyPatch) -> None:
    trainer = _trainer(_Rows(), Sgd())
    step = trainer.stepper.step

    def greedy(*arguments: Any) -> None:
        step(*arguments)
        if trainer.optimizer.batches == 8:
            trainer.model.parameters.values.fill(7.0)
            raise MemoryError

    monkeypatch.setattr(trainer.stepper, "step", greedy)
    with pytest.raises(TrainingError, match="there is not enough memory; a smaller batch_size"):
        trainer.fit(5)
    assert not (trainer.model.parameters.values == 7.0).any()
