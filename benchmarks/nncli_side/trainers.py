"""A trainer on bare arrays, set up as `nncli train` does it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nncli.engine.metrics import Metric
from nncli.engine.model import Model
from nncli.engine.optimizers import Optimizer
from nncli.engine.workload import choose_replicas
from nncli.training.loop import Trainer
from nncli.training.observer import Observer


@dataclass(frozen=True)
class Rows:
    """Arrays as the trainer wants them."""

    inputs: tuple[np.ndarray, ...]
    targets: tuple[np.ndarray, ...]
    sample_weight: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.inputs[0])


def make_trainer(
    model: Model,
    optimizer: Optimizer,
    rows: Rows,
    batch_size: int,
    observer: Observer,
    metrics: Sequence[Metric] = (),
) -> Trainer:
    """Return the trainer, with as many replicas as the work in a step is worth."""
    return Trainer(
        model,
        optimizer,
        metrics,
        train=rows,
        batch_size=batch_size,
        replicas=choose_replicas(model, batch_size, os.cpu_count() or 1),
        observer=observer,
    )
