"""Which pictures suit a run. Imports matplotlib: imported only where pictures are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from nncli.api.mistakes import show_mistakes
from nncli.api.weighting import class_numbers
from nncli.config.schema import Config
from nncli.data.loading import Dataset
from nncli.data.preparation import Prepared
from nncli.data.preprocessing import Preprocessing
from nncli.data.targets import FittedTarget
from nncli.engine.types import Array
from nncli.reporting import plots
from nncli.runs.folder import RunFolder
from nncli.training.loop import Trainer
from nncli.training.scoring import Scorer


def draw_run(folder: RunFolder, config: Config, trainer: Trainer, prepared: Prepared) -> None:
    """Draw the curves, and how well the held-out rows (else the training rows) are predicted."""
    history = trainer.history
    plots.draw_history(folder.plots, history.columns, history.rows, trainer.best_epoch or None)
    plots.draw_sizes(folder.plots, trainer.sizes.columns, trainer.sizes.rows)
    with trainer.best.using(trainer.chosen):
        draw_predictions(
            folder.plots, trainer.scorer, config, prepared.preprocessing, prepared.splits
        )


def draw_predictions(
    folder: Path,
    scorer: Scorer,
    config: Config,
    preprocessing: Preprocessing,
    splits: Mapping[str, Dataset],
) -> list[Path]:
    """Draw how well the model predicts held-out rows (else the training rows); return the paths."""
    split = next(name for name in ("test", "validation", "train") if name in splits)
    rows, model = splits[split], scorer.model
    predictions = model.predict(rows.inputs)
    names = model.output_names
    paths = [
        path
        for name, target, y_true, y_pred in zip(
            names, preprocessing.outputs, rows.targets, predictions, strict=True
        )
        for path in _draw_output(
            folder / name if len(names) > 1 else folder, target, y_true, y_pred, split
        )
    ]
    return paths + show_mistakes(folder, scorer, config, preprocessing, rows, split)


def _draw_output(
    folder: Path, target: FittedTarget, y_true: Array, y_pred: Array, split: str
) -> list[Path]:
    if target.labels is not None:
        labels = [str(label) for label in target.labels]
        return plots.draw_classes(folder, labels, class_numbers(y_true), y_pred, split=split)
    if y_pred.ndim == 2 and target.holds == "values":
        names = [str(name) for name in target.columns]
        y_true, y_pred = target.undo(y_true), target.undo(y_pred)
        return plots.draw_values(folder, names, y_true, y_pred, split=split)
    return []
