"""The pictures of a regression: predicted against true values, and what remains between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.ticker import MaxNLocator

from nncli.engine.types import Array
from nncli.reporting.plots import style

MOST_DOTS = 3000
"""Up to how many rows each is a dot; more are counted in hexagons."""

MOST_TARGETS = 6
"""How many targets are drawn: an image's thousand pixels are not."""

LONGEST_NAME = 28
"""Characters of a target's name that are shown."""

SHADES = LinearSegmentedColormap.from_list("shades", ["#c6dcef", "#2171b5", "#08306b"])


def draw_values(
    folder: Path, targets: Sequence[str], y_true: Array, y_pred: Array, *, split: str
) -> list[Path]:
    """Draw predicted_vs_true.png and residuals.png; return their paths.

    With several targets each of the first MOST_TARGETS has its own pair, with its name at the end.

    Args:
        folder: where to; made where it is missing.
        targets: the names of the target columns.
        y_true: of shape (rows, targets), in the target's own unit.
        y_pred: likewise.
        split: which rows these are, as "test".
    """
    paths = []
    with style.styled():
        for column, target in enumerate(targets[:MOST_TARGETS]):
            pair = y_true[:, column].astype(np.float64), y_pred[:, column].astype(np.float64)
            finite = np.isfinite(pair[0]) & np.isfinite(pair[1])
            if not finite.any():
                continue
            true, predicted = pair[0][finite], pair[1][finite]
            ending = f"_{_file_name(target)}.png" if len(targets) > 1 else ".png"
            note = style.counted(len(true), f"{split} row")
            name = style.shortened(target, LONGEST_NAME)
            paths += [
                _draw_against(folder / f"predicted_vs_true{ending}", name, true, predicted, note),
                _draw_residuals(folder / f"residuals{ending}", name, true, predicted, note),
            ]
    return paths


def _file_name(target: str) -> str:
    return re.sub(r"[^\w.-]", "_", target)


def _draw_against(path: Path, target: str, true: Array, predicted: Array, note: str) -> Path:
    figure = style.new_figure(4.9, 5.05)
    axes = style.place_axes(figure, left=0.95, bottom=0.6, right=0.25, top=0.75)
    low, high = _ends(np.append(true, predicted))
    axes.set(xlim=(low, high), ylim=(low, high))
    axes.plot([low, high], [low, high], color=style.GREY, linewidth=1, linestyle=(0, (4, 3)))
    _scatter(axes, true, predicted)
    axes.set_xlabel(f"true {target}")
    axes.set_ylabel(f"predicted {target}")
    style.number_ticks(axes.xaxis, 5)
    style.number_ticks(axes.yaxis, 5)
    error = style.rounded(np.abs(true - predicted).mean())
    style.Heading(figure).write("Predicted against true", f"{note}, off by {error} on average")
    return style.save(figure, path)


def _draw_residuals(path: Path, target: str, true: Array, predicted: Array, note: str) -> Path:
    residuals = true - predicted
    mean, deviation = style.rounded(residuals.mean()), style.rounded(residuals.std())
    figure = style.new_figure(6.4, 4.2)
    axes = style.place_axes(figure, left=0.95, bottom=0.6, right=1.5, top=0.75)
    side = style.place_axes(figure, left=5.0, bottom=0.6, right=0.25, top=0.75)
    axes.set(xlim=_ends(predicted), ylim=_ends(np.append(residuals, 0)))
    _scatter(axes, predicted, residuals)
    axes.set_xlabel(f"predicted {target}")
    axes.set_ylabel("true minus predicted")
    style.number_ticks(axes.xaxis, 5)
    style.number_ticks(axes.yaxis, 5)
    bins = int(np.clip(2 * len(residuals) ** 0.5, 8, 40))
    side.hist(
        residuals, bins=bins, range=axes.get_ylim(), orientation="horizontal", color=style.BLUE
    )
    side.set_yticks(axes.get_yticks(), [])
    side.set_ylim(axes.get_ylim())
    side.set_xlabel("rows")
    side.xaxis.set_major_locator(MaxNLocator(2, integer=True, prune="lower"))
    for each in (axes, side):
        each.axhline(0, color=style.INK, linewidth=1)
    style.Heading(figure).write("Residuals", f"{note}, mean {mean}, standard deviation {deviation}")
    return style.save(figure, path)


def _scatter(axes: Axes, x: Array, y: Array) -> None:
    if len(x) <= MOST_DOTS:
        few = len(x) <= 300
        size, opacity = (6, 0.7) if few else (4.5, 0.4)
        axes.plot(x, y, "o", color=style.BLUE, alpha=opacity, markersize=size, markeredgewidth=0)
    else:
        extent = (*axes.get_xlim(), *axes.get_ylim())
        axes.hexbin(
            x, y, gridsize=55, extent=extent, bins="log", mincnt=1, cmap=SHADES, linewidths=0.1
        )


def _ends(values: Array) -> tuple[float, float]:
    """Return the ends of an axis that holds all values, which may all be one."""
    low, high = float(values.min()), float(values.max())
    margin = max(0.04 * (high - low), 1e-3 * max(abs(low), abs(high)), 1e-12)
    return low - margin, high + margin
