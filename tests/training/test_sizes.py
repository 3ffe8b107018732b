"""The sizes of weights and gradients, against the formula of a linear network's gradient."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from nncli.engine.activations import Tanh
from nncli.engine.layers import BatchNormalization, Dense
from nncli.engine.losses import MeanSquaredError
from nncli.engine.model import Model
from nncli.engine.optimizers import Adam, Optimizer, Sgd
from nncli.training.loop import Trainer
from nncli.training.observer import Observer
from nncli.training.sizes import is_of_interest
from tests.training.test_resuming import Rows


class Weights(Observer):
    """Copies the weights before training and after every epoch."""

    def on_train_begin(self, trainer: Trainer) -> None:
        self.values = trainer.model.parameters.values
        self.seen = [self.values.astype(float)]

    def on_epoch_end(self, epoch: int, values: dict[str, float]) -> None:
        self.seen.append(self.values.astype(float))


def trainer_of(
    layers: list[Any], optimizer: Optimizer, rows: Rows, replicas: int = 1, size: int = 8
) -> Trainer:
    model = Model(layers, input_shape=(4,), losses=[MeanSquaredError()], seed=1)
    return Trainer(
        model, optimizer, [], train=rows, batch_size=size, shuffle=False, replicas=replicas
    )


@pytest.mark.parametrize("replicas", [1, 3])
@pytest.mark.parametrize(
    "optimizer",
    [
        lambda: Sgd(learning_rate=0.1),
        lambda: Sgd(learning_rate=0.1, clipvalue=1e-3),
        lambda: Adam(global_clipnorm=1e-3),
        lambda: Adam(gradient_accumulation_steps=3),
    ],
)
def test_gradients_are_those_of_each_epochs_first_batch(optimizer: Any, replicas: int) -> None:
    rows = Rows(20)
    trainer = trainer_of([Dense(units=1)], optimizer(), rows, replicas)
    weights = trainer.observer = Weights()
    trainer.fit(2)
    inputs, targets = rows.inputs[0][:8].astype(float), rows.targets[0][:8].astype(float)
    for epoch, (before, after) in enumerate(pairwise(weights.seen), 1):
        errors = inputs @ before[:4] + before[4] - targets[:, 0]
        gradient = 2 * np.append(errors @ inputs, errors.sum()) / 8
        expected = [np.sqrt(np.mean(np.square(each))) for each in (after, gradient)]
        np.testing.assert_allclose(trainer.sizes.rows[epoch], expected, rtol=1e-5)


def test_columns_are_the_layers_that_learn_and_then_their_gradients() -> None:
    layers = [
        Dense(units=3, trainable=False),
        Dense(units=3, name="middle", activation=Tanh()),
        BatchNormalization(),
        Dense(units=1),
    ]
    trainer = trainer_of(layers, Sgd(), Rows(20))
    trainer.fit(1)
    names = ["middle", "batch_normalization", "dense_1"]
    assert trainer.sizes.columns == [*names, *(f"{name} gradient" for name in names)]
    weights = trainer.model.weights()
    expected = [
        np.sqrt(np.mean(np.concatenate([weights[f"{name}/{w}"].ravel() for w in own]) ** 2))
        for name, own in zip(
            names, [("kernel", "bias"), ("gamma", "beta"), ("kernel", "bias")], strict=True
        )
    ]
    np.testing.assert_allclose(trainer.sizes.rows[1][:3], expected, rtol=1e-5)


def test_where_nothing_learns_there_is_nothing_to_say() -> None:
    trainer = trainer_of([Dense(units=1, trainable=False)], Sgd(), Rows(20))
    trainer.fit(2)
    assert (trainer.sizes.columns, trainer.sizes.rows) == ([], {1: [], 2: []})


def test_ever_fewer_epochs_are_of_interest() -> None:
    chosen = [epoch for epoch in range(1, 100_001) if is_of_interest(epoch)]
    assert chosen[:101] == [*range(1, 101), 110]
    assert chosen[187:191] == [980, 990, 1000, 1100]
    assert chosen[-2:] == [99_000, 100_000]
    assert len(chosen) == 100 + 3 * 90
