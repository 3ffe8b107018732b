"""The confusion matrix: a row per true class, shaded by where that class's rows went."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from nncli.engine.types import Array
from nncli.reporting.plots import style

MOST_COUNTED = 30
"""Up to how many classes the counts are written into the cells."""

MOST_NAMED = 60
"""Up to how many classes their names are written; beyond, their numbers stand at the axes."""

LONGEST_NAME = 22
"""Characters of a class name that are shown."""

NAME_SIZE = 8.5
"""Points of a class name, where the cells allow it."""

SHADES = LinearSegmentedColormap.from_list("shades", ["#ffffff", "#9ecae1", "#2171b5", "#08306b"])


def draw_confusion(path: Path, labels: Sequence[str], counts: Array, rows: str) -> Path:
    """Draw `counts` of shape (true classes, predicted classes); `rows` says how many of what."""
    names = [style.shortened(label, LONGEST_NAME) for label in labels]
    classes = len(names)
    cell = max(min(4.4 / classes, 1.6), 0.22 if classes <= MOST_NAMED else 0.0)
    side = cell * classes
    name_size = min(NAME_SIZE, 0.75 * 72 * cell)
    longest = max(map(len, names)) * 0.6 * name_size / 72 if classes <= MOST_NAMED else 0.3
    slanted = longest > 0.95 * cell and classes <= MOST_NAMED
    below = longest * 0.72 + 0.1 if slanted else 0.22
    left, bottom = 0.55 + longest, 0.4 + below
    figure = style.new_figure(max(left + side + 0.3, 4.2), bottom + side + 0.75)
    right = figure.get_figwidth() - left - side
    axes = style.place_axes(figure, left, bottom, right, top=0.75)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    _shade(axes, shares)
    if classes <= MOST_NAMED:
        _write_names(axes, names, name_size, cell, slanted=slanted)
    if classes <= MOST_COUNTED:
        _write_counts(axes, counts, shares, cell)
    axes.set_xlabel("predicted class")
    axes.set_ylabel("true class, shaded by the share of its rows")
    share = 100 * np.trace(counts) / max(counts.sum(), 1)
    style.Heading(figure).write("Confusion matrix", f"{rows}, {share:.3g} % right")
    return style.save(figure, path)


def _shade(axes: Axes, shares: Array) -> None:
    """Colour the cells; where no counts are written the root makes small shares visible."""
    shades = shares if len(shares) <= MOST_COUNTED else np.sqrt(shares)
    axes.imshow(shades, cmap=SHADES, vmin=0, vmax=1, aspect="auto")
    axes.grid(visible=False)


def _write_names(
    axes: Axes, names: Sequence[str], size: float, cell: float, *, slanted: bool
) -> None:
    """Write the names beside the cells, as texts: ticks would take four times as long."""
    axes.set_xticks([])
    axes.set_yticks([])
    gap = 0.07 / cell
    end = len(names) - 0.5
    turned = (
        {"rotation": 45, "ha": "right", "rotation_mode": "anchor"} if slanted else {"ha": "center"}
    )
    for place, name in enumerate(names):
        axes.text(-0.5 - gap, place, name, size=size, color=style.GREY, ha="right", va="center")
        axes.text(place, end + gap, name, size=size, color=style.GREY, va="top", **turned)


def _write_counts(axes: Axes, counts: Array, shares: Array, cell: float) -> None:
    """Write each count into its cell, but for zeros; draw thin lines between the cells."""
    edges = np.arange(0.5, len(counts) - 1)
    axes.hlines(edges, -0.5, len(counts) - 0.5, color=style.PALE, linewidth=0.6)
    axes.vlines(edges, -0.5, len(counts) - 0.5, color=style.PALE, linewidth=0.6)
    digits = len(f"{counts.max():,}")
    size = min(13.0, 0.45 * 72 * cell, 0.85 * 72 * cell / (0.62 * digits))
    for row, column in zip(*np.nonzero(counts), strict=True):
        color = "white" if shares[row, column] > 0.5 else style.INK
        text = f"{counts[row, column]:,}"
        axes.text(column, row, text, color=color, size=size, ha="center", va="center")
