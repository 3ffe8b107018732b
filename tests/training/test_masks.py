"""Masked outputs in training: Keras's mean over the steps that count, also over replicas."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from nncli.engine.activations import Activation
from nncli.engine.layers import GRU, Dense, Embedding, Input, Layer
from nncli.engine.losses import Loss
from nncli.engine.metrics import Metric
from nncli.engine.model import Model
from nncli.engine.optimizers import Optimizer
from nncli.engine.types import Array
from nncli.training.loop import Trainer
from nncli.training.scoring import Scorer

TOKENS = np.array([[1, 2, 0, 0], [3, 0, 4, 1], [0, 0, 0, 0], [2, 2, 2, 2], [0, 0, 0, 5]], np.int32)
CLASSES = np.array([[0, 1, 0, 1], [1, 1, 0, 0], [1, 1, 1, 1], [0, 1, 1, 0], [1, 0, 0, 1]])
COUNTED = TOKENS != 0


def rows() -> SimpleNamespace:
    class Rows(SimpleNamespace):
        sample_weight = None

        def __len__(self) -> int:
            return len(TOKENS)

    return Rows(inputs=(TOKENS,), targets=(CLASSES,))


def model() -> Model:
    layers: list[Layer] = [
        Input(shape=(4,), dtype="int32"),
        Embedding(input_dim=6, output_dim=3, mask_zero=True),
        GRU(units=3, return_sequences=True),
        Dense(units=2, activation=Activation.members["softmax"]()),  # type: ignore[arg-type]
    ]
    loss = Loss.members["sparse_categorical_crossentropy"]()
    return Model(layers, losses=[loss], dtype="float64")  # type: ignore[list-item]


def metric() -> Metric:
    return Metric.members["accuracy"]()  # type: ignore[return-value]


def losses_by_hand(predictions: Array) -> Array:
    return -np.log(np.take_along_axis(predictions, CLASSES[..., None], -1)[..., 0])


def test_each_batch_is_averaged_over_what_counts_in_it() -> None:
    network = model()
    scores = Scorer(network, [metric()]).evaluate(rows(), 2)
    (predictions,) = network.predict((TOKENS,))
    losses, total = losses_by_hand(predictions), 0.0
    for batch in (slice(0, 2), slice(2, 4), slice(4, 5)):
        counted = COUNTED[batch]
        total += len(counted) * losses[batch][counted].mean()
    assert scores["loss"] == pytest.approx(total / 5, abs=1e-12)
    right = predictions.argmax(-1) == CLASSES
    assert scores["accuracy"] == pytest.approx(right[COUNTED].mean(), abs=1e-12)


def test_a_batch_of_padding_alone_costs_nothing() -> None:
    network = model()
    padding = SimpleNamespace(inputs=(TOKENS[2:3],), targets=(CLASSES[2:3],), sample_weight=None)
    padding_rows = type("Rows", (SimpleNamespace,), {"__len__": lambda self: 1})(**vars(padding))
    assert Scorer(network, [metric()]).evaluate(padding_rows, 1) == {"loss": 0.0, "accuracy": 0.0}


def test_what_the_trainer_reports_and_learns() -> None:
    network = model()
    (predictions,) = network.predict((TOKENS,))
    before = losses_by_hand(predictions)[COUNTED].mean()
    optimizer = Optimizer.members["sgd"](learning_rate=0.5)  # type: ignore[call-arg]
    trainer = Trainer(network, optimizer, [metric()], train=rows(), batch_size=5, shuffle=False)  # type: ignore[arg-type]
    trainer.fit(20)
    losses = [row[0] for row in trainer.history.rows]
    assert losses[0] == pytest.approx(before, abs=1e-12)
    assert losses[-1] < 0.95 * losses[0]


def test_replicas_share_the_count() -> None:
    finals = []
    for replicas in (1, 3):
        network = model()
        optimizer = Optimizer.members["sgd"](learning_rate=0.5)  # type: ignore[call-arg]
        trainer = Trainer(
            network,
            optimizer,  # type: ignore[arg-type]
            [metric()],
            train=rows(),
            batch_size=3,
            shuffle=False,
            replicas=replicas,
        )
        trainer.fit(3)
        finals.append((network.parameters.values.copy(), trainer.history.rows))
    assert np.allclose(finals[0][0], finals[1][0], rtol=0, atol=1e-12)
    assert np.allclose(finals[0][1], finals[1][1], rtol=0, atol=1e-12)
