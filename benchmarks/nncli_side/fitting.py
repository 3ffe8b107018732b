"""Trains a config's network on a workload's arrays: `python -m benchmarks.nncli_side.fitting cnn`.

The arrays are those of the peers, and series can't come from a table. Everything else is what
`nncli train` does.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.nncli_side.trainers import Rows, make_trainer
from benchmarks.workloads import WORKLOADS
from nncli.config.loading import load
from nncli.engine.model import Model
from nncli.training.loop import Trainer
from nncli.training.observer import Observer

CONFIGS = Path(__file__).parents[1] / "configs"


class Clock(Observer):
    """Notes how long each epoch takes."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def on_train_begin(self, trainer: Trainer) -> None:
        self.started = perf_counter()

    def on_epoch_end(self, epoch: int, values: dict[str, float]) -> None:
        now = perf_counter()
        self.seconds.append(now - self.started)
        self.started = now


def prepare(name: str, observer: Observer) -> Trainer:
    """Return the workload's trainer, after a check that its config asks for the peers' work."""
    workload = WORKLOADS[name]
    config = load(CONFIGS / f"{name}.yaml", for_training=False).config
    if (config.epochs, config.batch_size) != (workload.epochs, workload.batch_size):
        raise SystemExit(f"configs/{name}.yaml and workloads.py differ in epochs or batch size")
    x, y = workload.load()
    y = y.reshape(-1, 1).astype(np.int32 if config.loss.sparse else np.float32)
    model = Model(config.layers, input_shape=x.shape[1:], losses=[config.loss])
    rows = Rows((x,), (y,))
    return make_trainer(model, config.optimizer, rows, workload.batch_size, observer)


def main(name: str) -> None:
    clock = Clock()
    with threadpool_limits(limits=1, user_api="blas"):
        trainer = prepare(name, clock)
        trainer.fit(WORKLOADS[name].epochs)
    print(json.dumps({"seconds": clock.seconds, "result": trainer.history.column("loss")[-1]}))


if __name__ == "__main__":
    main(sys.argv[1])
