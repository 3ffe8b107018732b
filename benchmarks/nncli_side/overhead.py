"""What of an epoch is not steps: shuffling, scores, history and the bar, as shares of the epoch."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from statistics import median
from time import perf_counter

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.nncli_side.nets import dense_net, train_rows
from benchmarks.nncli_side.trainers import make_trainer
from nncli.engine.metrics import Metric
from nncli.reporting.console import progress_on
from nncli.training.loop import Trainer


def bare_steps(trainer: Trainer, epochs: int) -> None:
    """Nothing but the steps of so many epochs, on rows in a random order."""
    rows, size = trainer.train, trainer.batch_size
    order = np.random.default_rng(0).permutation(len(rows))
    outputs = [np.empty((size, 1), np.float32)]
    parts = [slice(start, start + size) for start in range(0, len(rows), size)]
    batches = [(order[part], [rows.targets[0][part]]) for part in parts]
    for _ in range(epochs):
        for chosen, targets in batches:
            trainer.stepper.step(rows.inputs, chosen, targets, outputs)


def share(rows: int, batch: int, epochs: int) -> float:
    """Time epochs and their bare steps in turn; return how much of an epoch the steps are not."""
    model, optimizer = dense_net(8, (16,))
    bar = progress_on(io.StringIO(), "bar")
    metrics = [Metric.members["mean_absolute_error"]()]
    trainer = make_trainer(model, optimizer, train_rows(rows, 8), batch, bar, metrics)
    whole, bare = [], []
    for turn in range(1, 8):
        whole.append(_seconds(lambda turn=turn: trainer.fit(turn * epochs)))
        bare.append(_seconds(lambda: bare_steps(trainer, epochs)))
    return 1 - median(bare[1:]) / median(whole[1:])


def _seconds(work: Callable[[], None]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started


if __name__ == "__main__":
    with threadpool_limits(limits=1, user_api="blas"):
        shares = {
            "1,000 steps an epoch": share(rows=32_000, batch=32, epochs=2),
            "1 step an epoch": share(rows=4, batch=4, epochs=1000),
        }
    print(json.dumps({"shares": shares}))
