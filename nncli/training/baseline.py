"""What a model that ignores its inputs would score: the figure to beat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

import numpy as np

from nncli.engine.losses import Loss
from nncli.engine.metrics import Metric
from nncli.engine.types import Array, Shape
from nncli.training.dataset import Rows, Undo


def baseline_scores(
    loss: Loss,
    metrics: Sequence[Metric],
    shape: Shape,
    train: Rows,
    rows: Rows,
    undo: Undo | None = None,
) -> dict[str, float]:
    """Return loss and metrics on `rows` of always answering the training targets' mean.

    For classes the mean is each class's share, so that the answer is the majority class.

    Arguments:
        loss: as the config has it.
        metrics: built for the model's output.
        shape: of one row of the output.
        train: the training rows.
        rows: those to be scored.
        undo: what brings targets to the units that metrics are in. The mean is taken in each's own.
    """
    y_true, known = rows.targets[0], train.targets[0]
    answer = np.broadcast_to(_mean_target(loss, shape, known), (len(rows), *shape))
    plain = {"from_logits": False} if "from_logits" in {f.name for f in fields(loss)} else {}
    scores = {"loss": float(replace(loss, **plain).values(y_true, answer).mean())}
    if undo is not None:
        y_true, known = undo(y_true), undo(known)
        answer = np.broadcast_to(known.mean(axis=0, dtype=np.float64), y_true.shape)
    for metric in metrics:
        metric.reset()
        metric.update(y_true, answer)
        value = np.asarray(metric.result())
        if value.ndim == 0:
            scores[metric.column] = float(value)
    return scores


def _mean_target(loss: Loss, shape: Shape, targets: Array) -> Array:
    if not loss.sparse:
        return targets.mean(axis=0, dtype=np.float64)
    shares = np.bincount(targets.ravel(), minlength=shape[-1]) / targets.size
    return np.broadcast_to(shares, shape)
