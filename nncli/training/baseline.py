"""What a model that ignores its inputs would score: the figure to beat."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np

from nncli.engine.losses import Loss
from nncli.engine.types import Array, Shape
from nncli.training.dataset import Rows
from nncli.training.scoring import Scorer


def baseline_scores(scorer: Scorer, train: Rows, rows: Rows) -> dict[str, float]:
    """Return the scores on `rows` of always answering the training targets' mean.

    For classes the mean is each class's share, so that the answer is the majority class.

    Arguments:
        scorer: whose metrics are taken; it begins anew.
        train: the training rows.
        rows: those to be scored.
    """
    scorer.reset()
    losses = {}
    for output, loss, y_true, known in zip(
        scorer.outputs, scorer.model.losses, rows.targets, train.targets, strict=True
    ):
        shape = (len(rows), *output.shape)
        answer = np.broadcast_to(_mean_target(loss, output.shape, known), shape)
        values = _on_probabilities(loss).values(y_true, answer).reshape(len(rows), -1).mean(axis=1)
        weights = 1.0 if rows.sample_weight is None else rows.sample_weight
        losses[output.loss_column] = float((values * weights).mean())
        if output.undo is not None:
            y_true, known = output.undo(y_true), output.undo(known)
            answer = np.broadcast_to(known.mean(axis=0, dtype=np.float64), y_true.shape)
        output.update(y_true, answer)
    total = sum(w * v for w, v in zip(scorer.model.loss_weights, losses.values(), strict=True))
    return {**scorer.result(), **losses, "loss": total}


def _on_probabilities(loss: Loss) -> Loss:
    """Return the loss as it was before it took the last layer's activation over."""
    has_logits = any(field.name == "from_logits" for field in fields(loss))
    changed: dict[str, Any] = {"from_logits": False} if has_logits else {}
    return replace(loss, **changed)


def _mean_target(loss: Loss, shape: Shape, targets: Array) -> Array:
    if not loss.sparse:
        return targets.mean(axis=0, dtype=np.float64)
    shares = np.bincount(targets.ravel(), minlength=shape[-1]) / targets.size
    return np.broadcast_to(shares, shape)
