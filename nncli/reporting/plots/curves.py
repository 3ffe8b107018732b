"""What all pictures over the epochs share: the figure's axes, the curves, the choice of view."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import LogLocator, MaxNLocator, NullLocator

from nncli.engine.types import Array
from nncli.reporting.plots import style
from nncli.reporting.plots.view import view_of

_SHORT_WORDS = {"auc": "AUC", "iou": "IoU", "kl": "KL"}
MOST_DOTS = 30
"""Up to how many epochs each is marked with a dot."""


def axes_over_epochs(figure: Figure, epochs: int, *, right: float = 0.3) -> Axes:
    """Add axes for so many epochs, `right` inches from the figure's right edge."""
    axes = style.place_axes(figure, left=0.9, bottom=0.55, right=right, top=0.95)
    axes.set_xlabel("epoch")
    axes.set_xlim(0.5, epochs + max(0.5, 0.015 * epochs))
    axes.xaxis.set_major_locator(MaxNLocator(8, integer=True, steps=style.STEPS, min_n_ticks=1))
    return axes


def add_curve(axes: Axes, values: Array, **looks: Any) -> Line2D:
    """Add a curve of one value an epoch, each with a dot where the axes have room for few."""
    dots = "o" if axes.get_xlim()[1] <= MOST_DOTS + 1 else ""
    epochs = np.arange(1, len(values) + 1)
    (line,) = axes.plot(epochs, values, marker=dots, markersize=4, **looks)
    return line


def fit_view(axes: Axes, curves: Array) -> str:
    """Choose the y axis for curves of shape (curves, epochs); say which values it leaves out."""
    finite = curves[np.isfinite(curves)]
    if not len(finite):
        axes.set_ylim(0, 1)
        return "; no value is finite"
    view = view_of(curves)
    axes.set_yscale("log" if view.logarithmic else "linear")
    axes.set_ylim(view.bottom, view.top)
    style.number_ticks(axes.yaxis)
    if view.logarithmic:
        axes.yaxis.set_major_locator(LogLocator())
        axes.yaxis.set_minor_locator(NullLocator())
    furthest = finite[np.abs(finite).argmax()]
    inside = view.bottom <= furthest <= view.top
    return "" if inside else f"; values as far as {furthest:,.3g} lie outside"


def title_of(name: str) -> str:
    """Return a metric's name as a heading, by which the y axis needs no label of its own."""
    words = [_SHORT_WORDS.get(word, word) for word in name.split("_")]
    title = " ".join(words)
    return title[:1].upper() + title[1:]
