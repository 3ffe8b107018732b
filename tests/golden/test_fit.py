"""From config to history: nncli's own loop makes of a golden run what Keras's `fit` made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from nncli.config.resolving import resolved
from nncli.config.schema import Config, validate
from nncli.engine.model import Model
from nncli.engine.types import Array, Arrays
from nncli.training.loop import Trainer
from tests.engine import support
from tests.golden.cases import LAYERS
from tests.golden.loss_cases import LOSSES
from tests.golden.metric_cases import METRICS
from tests.golden.network_cases import NETWORKS, SUMMED
from tests.golden.optimizer_cases import OPTIMIZERS
from tests.golden.rule_cases import CALLBACKS, CONSTRAINTS, REGULARIZERS
from tests.golden.run_cases import RUNS
from tests.golden.words import Case

TRAININGS = {
    "runs": RUNS,
    "networks": NETWORKS,
    "jax": SUMMED,
    "optimizers": OPTIMIZERS,
    "regularizers": REGULARIZERS,
    "constraints": CONSTRAINTS,
    "callbacks": CALLBACKS,
}
ALL = [(family, key) for family, cases in TRAININGS.items() for key in cases]
CONFIG_KEYS = ("layers", "loss", "optimizer", "metrics", "batch_size", "epochs", "callbacks")


@dataclass
class Rows:
    inputs: Arrays
    targets: Arrays
    sample_weight: Array | None = None

    def __len__(self) -> int:
        return len(self.inputs[0])


def config_of(case: Case) -> dict[str, Any]:
    return {key: case[key] for key in CONFIG_KEYS if key in case}


@pytest.mark.parametrize(("family", "key"), ALL)
def test_history_and_weights_are_those_of_keras(family: str, key: str) -> None:
    case = TRAININGS[family][key]
    golden = support.golden(family)[key]
    config = validate(config_of(case))
    model = Model(config.layers, losses=[config.loss], dtype="float64")
    model.load_weights(golden.under("initial"))
    rows = Rows((golden["inputs"],), (golden["targets"],))
    trainer = Trainer(
        model,
        config.optimizer,
        config.metrics,
        train=rows,
        validation=rows,
        batch_size=config.batch_size,
        shuffle=False,
        callbacks=config.callbacks,
    )
    trainer.fit(config.epochs)
    history = {name: np.array(trainer.history.column(name)) for name in trainer.history.columns}
    truth = golden.under("history")
    support.assert_close({name: history[name] for name in truth}, truth, support.tolerance(case))
    scores = golden.under("evaluation")
    last = trainer.scorer.evaluate(rows, config.batch_size)
    support.assert_close(last, scores, support.tolerance(case))
    support.assert_close(model.weights(), golden.under("final"), support.tolerance(case))


def every_config() -> dict[str, dict[str, Any]]:
    """Return a config for every case there is."""
    small = config_of(RUNS["huber"])
    configs = {f"{family} {key}": config_of(TRAININGS[family][key]) for family, key in ALL}
    configs |= {f"layers {key}": small | config_of(case) for key, case in LAYERS.items()}
    configs |= {f"losses {key}": small | {"loss": LOSSES[key]["component"]} for key in LOSSES}
    return configs | {
        f"metrics {key}": small | {"metrics": [METRICS[key]["component"]]} for key in METRICS
    }


CONFIGS = every_config()


@pytest.mark.parametrize("name", CONFIGS)
def test_resolved_config_is_the_same_config(name: str) -> None:
    config = validate(CONFIGS[name])
    assert isinstance(config, Config)
    assert validate(resolved(config)) == config
    assert config.layers == tuple(support.layers_of(CONFIGS[name]))
