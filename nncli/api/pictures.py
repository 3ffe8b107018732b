"""Which pictures suit a run. Imports matplotlib: imported only where pictures are drawn."""

from __future__ import annotations

import numpy as np

from nncli.data.preparation import Prepared
from nncli.engine.types import Array
from nncli.reporting import plots
from nncli.runs.folder import RunFolder
from nncli.training.loop import Trainer


def draw_run(folder: RunFolder, trainer: Trainer, prepared: Prepared) -> None:
    """Draw the curves, and how well the held-out rows (else the training rows) are predicted."""
    history = trainer.history
    plots.draw_history(folder.plots, history.columns, history.rows, trainer.best_epoch or None)
    split, rows = next(
        (name, prepared.splits[name])
        for name in ("test", "validation", "train")
        if name in prepared.splits
    )
    with trainer.best.using(trainer.chosen):
        (y_pred,) = trainer.model.predict(rows.inputs)
    (y_true,) = rows.targets
    (target,) = prepared.preprocessing.outputs
    if target.labels is not None:
        labels = [str(label) for label in target.labels]
        plots.draw_classes(folder.plots, labels, class_numbers(y_true), y_pred, split=split)
    elif y_pred.ndim == 2 and target.holds == "values":
        names = [str(name) for name in target.columns]
        pair = target.undo(y_true), target.undo(y_pred)
        plots.draw_values(folder.plots, names, *pair, split=split)


def class_numbers(y_true: Array) -> Array:
    """Return (rows,) class numbers of targets that are one-hot, 0/1 or numbers already."""
    if y_true.shape[-1] > 1:
        return y_true.argmax(axis=-1)
    return y_true[:, 0].astype(np.int64)
