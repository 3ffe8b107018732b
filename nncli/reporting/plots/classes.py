"""The pictures of a classification: which classes are taken for which, and the ROC of two."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from nncli.engine.types import Array
from nncli.reporting.figures import short
from nncli.reporting.plots import style
from nncli.reporting.plots.confusion import draw_confusion
from nncli.reporting.scores import confusion_counts, predicted_classes, roc_curve


def draw_classes(
    folder: Path, labels: Sequence[str], y_true: Array, probabilities: Array, *, split: str
) -> list[Path]:
    """Draw confusion_matrix.png and, for two classes that both occur, roc.png; return their paths.

    Args:
        folder: where to; made where it is missing.
        labels: the names of the classes.
        y_true: the number of each row's class, of shape (rows,); none: nothing is drawn.
        probabilities: of shape (rows, classes), or (rows, 1) where it is the second's of two.
        split: which rows these are, as "test".
    """
    if not len(y_true):
        return []
    y_pred = predicted_classes(probabilities)
    counts = confusion_counts(y_true, y_pred, len(labels))
    rows = style.counted(len(y_true), f"{split} row")
    with style.styled():
        paths = [draw_confusion(folder / "confusion_matrix.png", labels, counts, rows)]
        if len(labels) == 2 and 0 < np.count_nonzero(y_true) < len(y_true):
            note = f"{rows}, positive is {style.shortened(labels[1], 24)}"
            path = folder / "roc.png"
            paths.append(_draw_roc(path, y_true == 1, probabilities[:, -1], y_pred == 1, note))
    return paths


def _draw_roc(path: Path, is_positive: Array, scores: Array, chosen: Array, note: str) -> Path:
    curve = roc_curve(is_positive, scores)
    found, alarms = float(chosen[is_positive].mean()), float(chosen[~is_positive].mean())
    figure = style.new_figure(4.8, 5.1)
    axes = style.place_axes(figure, left=0.75, bottom=0.6, right=0.25, top=0.75)
    axes.set(xlim=(-0.01, 1.01), ylim=(-0.01, 1.01))
    axes.set_xlabel("false positive rate")
    axes.set_ylabel("true positive rate")
    axes.plot([0, 1], [0, 1], color=style.GREY, linewidth=1, linestyle=(0, (4, 3)), label="chance")
    axes.fill_between(curve.false_rate, curve.true_rate, color=style.BLUE, alpha=0.08, linewidth=0)
    axes.plot(curve.false_rate, curve.true_rate, color=style.BLUE)
    shares = f"{100 * found:.3g} % found,\n{100 * alarms:.3g} % false alarms"
    label = f"threshold 0.5: {shares}"
    axes.plot([alarms], [found], "o", label=label, clip_on=False, **style.MARK)
    axes.legend(loc="lower right", fontsize=9)
    style.Heading(figure).write(f"ROC curve, AUC {short(curve.area)}", note)
    return style.save(figure, path)
