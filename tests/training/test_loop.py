"""The loop: what ends it, and that no clock gets into its numbers."""

import numpy as np
import pytest

from nncli.engine.activations import Relu
from nncli.engine.layers import Dense
from nncli.engine.losses import MeanSquaredError
from nncli.engine.metrics import MeanAbsoluteError
from nncli.engine.model import Model
from nncli.engine.optimizers import Adam, Sgd
from nncli.errors import TrainingError
from nncli.training import loop
from nncli.training.callbacks import EarlyStopping
from nncli.training.loop import Trainer
from nncli.training.observer import Observer


class _Rows:
    sample_weight = None

    def __init__(self, count: int, seed: int = 0) -> None:
        random = np.random.default_rng(seed)
        self.inputs = (random.random((count, 4), dtype=np.float32),)
        self.targets = (self.inputs[0].sum(axis=1, keepdims=True),)

    def __len__(self) -> int:
        return len(self.inputs[0])


def _trainer(**options: object) -> Trainer:
    layers = [Dense(units=8, activation=Relu()), Dense(units=1)]
    model = Model(layers, input_shape=(4,), losses=[MeanSquaredError()], seed=1)
    settings = {"train": _Rows(500), "batch_size": 16, "seed": 3} | options
    optimizer = settings.pop("optimizer", Adam())
    return Trainer(model, optimizer, [MeanAbsoluteError()], **settings)  # type: ignore[arg-type]


def test_the_clock_gets_into_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    histories = []
    for seconds in (0.0, 9.0):
        monkeypatch.setattr(loop, "_REPORT_SECONDS", seconds)
        trainer = _trainer()
        trainer.fit(3)
        histories.append(trainer.history.rows)
    assert histories[0] == histories[1]


def test_a_loss_that_is_not_finite_ends_training_with_its_place() -> None:
    trainer = _trainer(optimizer=Sgd(learning_rate=1e30), batch_size=100)
    with pytest.raises(TrainingError, match=r"epoch 1, batch [2-5].*learning rate"):
        trainer.fit(5)
    assert trainer.history.epochs == 0


def test_interrupting_ends_with_the_batch() -> None:
    class Impatient(Observer):
        def on_epoch_end(self, epoch: int, values: dict[str, float]) -> None:
            if epoch == 2:
                trainer.interrupt()

    trainer = _trainer(observer=Impatient())
    trainer.fit(50)
    assert trainer.history.epochs == 2
    assert trainer.interrupted
    assert trainer.stop_reason == "interrupted"


def test_time_that_is_up_ends_training_in_good_order() -> None:
    trainer = _trainer()
    trainer.fit(10**6, max_seconds=0.2)
    assert 0 < trainer.history.epochs < 10**6
    assert not trainer.interrupted
    assert trainer.stop_reason == "the time is up"


def test_the_best_epoch_is_that_of_the_lowest_validation_loss() -> None:
    trainer = _trainer(validation=_Rows(50, seed=5), optimizer=Adam(learning_rate=0.05))
    trainer.fit(30)
    losses = trainer.history.column("val_loss")
    assert trainer.best_epoch == losses.index(min(losses)) + 1
    trainer.restore(trainer.best.weights)
    assert trainer.validation is not None
    assert trainer.scorer.evaluate(trainer.validation, 16)["loss"] == min(losses)


def test_early_stopping_waits_and_brings_back_the_best_weights() -> None:
    stopping = EarlyStopping(monitor="loss", min_delta=10.0, patience=3, restore_best_weights=True)
    trainer = _trainer(callbacks=[stopping])
    trainer.fit(50)
    # The first epoch improves on nothing, and by so much none improves on the first.
    assert trainer.history.epochs == 4
    assert trainer.stop_reason is not None
    again = _trainer()
    again.fit(1)
    assert (trainer.model.parameters.values == again.model.parameters.values).all()
