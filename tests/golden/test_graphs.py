"""Graphs of several inputs and outputs, and weighted rows, come to what Keras's `fit` made."""

from __future__ import annotations

import numpy as np
import pytest

from nncli.engine.losses import Loss
from nncli.engine.metrics import Metric
from nncli.engine.model import Model
from nncli.engine.optimizers import Optimizer
from nncli.training.loop import Trainer
from tests.engine import support
from tests.golden.graph_cases import GRAPHS
from tests.golden.test_fit import Rows


def trained(key: str, replicas: int = 1) -> tuple[Trainer, Rows]:
    """Return the trainer of a case after its epochs, and the rows it is evaluated on."""
    case, golden = GRAPHS[key], support.golden("graphs")[key]
    layers, loss, metrics = support.layers_of(case), case["loss"], case["metrics"]
    losses = loss if isinstance(loss, dict) else {None: loss}
    model = Model(
        layers,
        losses=[support.make(Loss, each) for each in losses.values()],
        loss_weights=list(case.get("loss_weights", {}).values()),
        dtype="float64",
    )
    if isinstance(metrics, dict):
        made = {name: [support.make(Metric, m) for m in each] for name, each in metrics.items()}
    else:
        made = [support.make(Metric, metric) for metric in metrics]
    model.load_weights(golden.under("initial"))
    weights = golden.get("sample_weight")
    inputs, targets = golden.listed("inputs"), golden.listed("targets")
    trainer = Trainer(
        model,
        support.make(Optimizer, case["optimizer"]),
        made,
        train=Rows(inputs, targets, golden.get("class_weight", weights)),
        batch_size=case["batch_size"],
        shuffle=False,
        replicas=replicas,
    )
    trainer.fit(case["epochs"])
    return trainer, Rows(inputs, targets, weights)


@pytest.mark.parametrize("key", GRAPHS)
def test_history_and_weights_are_those_of_keras(key: str) -> None:
    golden = support.golden("graphs")[key]
    trainer, rows = trained(key)
    columns = [name for name in trainer.history.columns if name != "learning_rate"]
    history = {name: np.array(trainer.history.column(name)) for name in columns}
    support.assert_close(history, golden.under("history"), support.EXACT)
    scores = trainer.scorer.evaluate(rows, GRAPHS[key]["batch_size"])
    support.assert_close(scores, golden.under("evaluation"), support.EXACT)
    support.assert_close(trainer.model.weights(), golden.under("final"), support.EXACT)


@pytest.mark.parametrize("key", GRAPHS)
def test_two_replicas_come_to_the_same(key: str) -> None:
    trainer, _ = trained(key, replicas=2)
    final = support.golden("graphs")[key].under("final")
    support.assert_close(trainer.model.weights(), final, support.EXACT)
