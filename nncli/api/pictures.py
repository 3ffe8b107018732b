"""Which pictures suit a run. Imports matplotlib: imported only where pictures are drawn."""

from __future__ import annotations

from pathlib import Path

from nncli.api.weighting import class_numbers
from nncli.data.preparation import Prepared
from nncli.data.targets import FittedTarget
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
        predictions = trainer.model.predict(rows.inputs)
    names = trainer.model.output_names
    for name, target, y_true, y_pred in zip(
        names, prepared.preprocessing.outputs, rows.targets, predictions, strict=True
    ):
        plots_folder = folder.plots / name if len(names) > 1 else folder.plots
        _draw_output(plots_folder, target, y_true, y_pred, split)


def _draw_output(
    folder: Path, target: FittedTarget, y_true: Array, y_pred: Array, split: str
) -> None:
    if target.labels is not None:
        labels = [str(label) for label in target.labels]
        plots.draw_classes(folder, labels, class_numbers(y_true), y_pred, split=split)
    elif y_pred.ndim == 2 and target.holds == "values":
        names = [str(name) for name in target.columns]
        plots.draw_values(folder, names, target.undo(y_true), target.undo(y_pred), split=split)
