"""Callbacks: which have Keras's numbers (tests/golden), what the others do, what all refuse."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from nncli.engine.activations import Relu
from nncli.engine.layers import Dense, Layer
from nncli.engine.losses import MeanSquaredError
from nncli.engine.metrics import R2Score
from nncli.engine.model import Model
from nncli.engine.optimizers import Adam, Sgd
from nncli.engine.schedules import CosineDecay
from nncli.training.callbacks import Callback
from nncli.training.loop import Trainer
from tests.engine import support
from tests.golden.rule_cases import CALLBACKS
from tests.golden.words import use


class _Rows:
    sample_weight = None

    def __init__(self, count: int, seed: int, dtype: type = np.float32) -> None:
        random = np.random.default_rng(seed)
        self.inputs = (random.random((count, 4)).astype(dtype),)
        self.targets = (self.inputs[0].sum(axis=1, keepdims=True),)

    def __len__(self) -> int:
        return len(self.inputs[0])


def trainer_with(*callbacks: dict[str, Any], **options: Any) -> Trainer:
    layers = [Dense(units=8, activation=Relu()), Dense(units=1)]
    model = Model(layers, input_shape=(4,), losses=[MeanSquaredError()], seed=1)
    settings = {"train": _Rows(200, 0), "validation": _Rows(40, 5), "batch_size": 16} | options
    optimizer = settings.pop("optimizer", None) or Adam(learning_rate=0.05)
    made = [support.make(Callback, plain) for plain in callbacks]
    return Trainer(model, optimizer, [R2Score()], callbacks=made, **settings)


def test_every_callback_has_cases() -> None:
    assert support.members_without_case(Callback, CALLBACKS) == {"model_checkpoint"}


def test_checkpoint_decides_which_epoch_is_the_best() -> None:
    trainer = trainer_with(use("model_checkpoint", monitor="val_r2_score"))
    trainer.fit(20)
    scores = trainer.history.column("val_r2_score")
    assert trainer.best_epoch == scores.index(max(scores)) + 1
    trainer.restore(trainer.best.weights)
    assert trainer.validation is not None
    assert trainer.scorer.evaluate(trainer.validation, 16)["r2_score"] == max(scores)


def test_checkpoint_takes_what_the_mode_says() -> None:
    trainer = trainer_with(use("model_checkpoint", monitor="val_loss", mode="max"))
    trainer.fit(10)
    losses = trainer.history.column("val_loss")
    assert trainer.best_epoch == losses.index(max(losses)) + 1
    assert trainer.directions["val_loss"] == "up"


def test_nothing_is_best_that_does_not_beat_the_threshold() -> None:
    low = trainer_with(use("model_checkpoint", initial_value_threshold=0.0))
    low.fit(5)
    assert low.best_epoch == 0


def test_rates_follow_the_table() -> None:
    table = [[2, 0.25], [4, 0.125]]
    trainer = trainer_with(
        use("learning_rate_scheduler", schedule=table), optimizer=Sgd(learning_rate=0.5)
    )
    trainer.fit(5)
    assert trainer.history.column("learning_rate") == [0.5, 0.25, 0.25, 0.125, 0.125]


def test_the_column_shows_the_rate_of_the_next_step_of_a_schedule() -> None:
    schedule = CosineDecay(initial_learning_rate=0.5, decay_steps=26)
    trainer = trainer_with(optimizer=Sgd(learning_rate=schedule))  # 13 steps an epoch
    trainer.fit(2)
    assert trainer.history.column("learning_rate") == [schedule.rate(13), 0.0]


def test_averages_take_the_weights_place_after_training() -> None:
    optimizer = Sgd(use_ema=True, ema_momentum=0.5)
    trainer = trainer_with(optimizer=optimizer)
    trainer.fit(2)
    assert (trainer.model.parameters.values == optimizer.slots["average"]).all()


@pytest.mark.parametrize("replicas", [2, 3])
@pytest.mark.parametrize(
    "fields",
    [
        {"clipnorm": 0.1},
        {"global_clipnorm": 0.1, "use_ema": True},
        {"gradient_accumulation_steps": 3, "clipvalue": 0.01},
    ],
)
def test_replicas_clip_accumulate_and_penalize_as_one(
    replicas: int, fields: dict[str, Any]
) -> None:
    def trained(count: int) -> Trainer:
        rules = {
            "kernel_regularizer": "l2",
            "activity_regularizer": "l1",
            "kernel_constraint": "unit_norm",
        }
        layers = [
            support.make(Layer, use("Dense", units=200, activation="tanh", **rules)),
            Dense(units=1),
        ]
        model = Model(
            layers, input_shape=(4,), losses=[MeanSquaredError()], seed=1, dtype="float64"
        )
        trainer = Trainer(
            model,
            Adam(**fields),
            [],
            train=_Rows(45, 0, np.float64),
            validation=_Rows(10, 1, np.float64),
            batch_size=11,
            replicas=count,
        )
        trainer.fit(4)
        return trainer

    one, several = trained(1), trained(replicas)
    assert np.allclose(several.history.rows, one.history.rows, rtol=1e-9, atol=0)
    ours, theirs = several.model.parameters.values, one.model.parameters.values
    assert np.allclose(ours, theirs, rtol=0, atol=1e-9)


@pytest.mark.parametrize(
    ("callback", "options", "message"),
    [
        (
            use("early_stopping", monitor="val_los"),
            {},
            "monitor must be one of .*, got 'val_los'; did you mean 'val_loss'",
        ),
        (use("early_stopping"), {"validation": None}, "monitor must be .*; val_... needs rows in"),
        (use("early_stopping", monitor="learning_rate"), {}, "mode must be min or max for 'learn"),
        (
            use("reduce_lr_on_plateau"),
            {"optimizer": Sgd(learning_rate=CosineDecay(initial_learning_rate=1.0, decay_steps=5))},
            "type can't go together with a schedule",
        ),
        (
            use("learning_rate_scheduler", schedule=[[1, 0.5]]),
            {"optimizer": Sgd(learning_rate=CosineDecay(initial_learning_rate=1.0, decay_steps=5))},
            "type can't go together with a schedule",
        ),
    ],
)
def test_what_cannot_act_is_refused(
    callback: dict[str, Any], options: dict[str, Any], message: str
) -> None:
    trainer = trainer_with(callback, **options)
    with pytest.raises(ValueError, match=f"^{message}"):
        trainer.callbacks[0].check_outlook(trainer.outlook)


def test_there_is_one_checkpoint() -> None:
    trainer = trainer_with(use("model_checkpoint"), use("model_checkpoint", monitor="loss"))
    first, second = trainer.callbacks
    first.check_outlook(trainer.outlook)
    with pytest.raises(ValueError, match=r"^type model_checkpoint can stand here once"):
        second.check_outlook(trainer.outlook)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"type": "reduce_lr_on_plateau", "factor": 1.0}, "factor must be above 0 and below 1"),
        ({"type": "reduce_lr_on_plateau", "cooldown": -1}, "cooldown must not be negative"),
        ({"type": "model_checkpoint", "save_best_only": False}, "save_best_only must be true"),
        ({"type": "learning_rate_scheduler", "schedule": []}, "schedule must hold at least one"),
        ({"type": "learning_rate_scheduler", "schedule": [[0, 0.5]]}, "schedule must name epochs"),
        (
            {"type": "learning_rate_scheduler", "schedule": [[3, 0.5], [2, 0.5]]},
            r"schedule must name epochs from 1 on, in order, got \[3, 2\]",
        ),
        ({"type": "learning_rate_scheduler", "schedule": [[1, -0.5]]}, "schedule has a negative"),
    ],
)
def test_what_makes_no_sense_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        support.make(Callback, fields)
