"""How large the weights and the gradients of every layer were in the course of a training."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, NullLocator

from nncli.engine.types import Array
from nncli.reporting.plots import style
from nncli.reporting.plots.curves import MOST_DOTS, axes_over_epochs, title_of

MOST_NAMED = 40
"""Up to how many layers each has its name beside the axes; of more, some in equal steps."""
LONGEST_NAME = 26
"""Characters of a layer's name that are shown."""
MARKERS = "osD^v"
"""Neighbouring layers, whose colours are close, differ in these."""


def draw_sizes(
    folder: Path, columns: Sequence[str], rows: Mapping[int, Sequence[float]]
) -> list[Path]:
    """Draw weights.png and gradients.png, a curve for each layer; return their paths.

    Args:
        folder: where to; made where it is missing.
        columns: the layers from the first to the last, then a column for the gradient of each.
        rows: by epoch: root mean squares; none: nothing is drawn.
    """
    layers = columns[: len(columns) // 2]
    if not rows or not layers:
        return []
    epochs, sizes = np.array(list(rows)), np.array(list(rows.values()), np.float64)
    weights, gradients = sizes[:, : len(layers)], sizes[:, len(layers) :]
    with style.styled():
        return [
            _draw(folder, "weights", "by layer", layers, epochs, weights),
            _draw(folder, "gradients", "by layer, at their first batch", layers, epochs, gradients),
        ]


def _draw(
    folder: Path, name: str, what: str, layers: Sequence[str], epochs: Array, sizes: Array
) -> Path:
    named = range(0, len(layers), -(-len(layers) // MOST_NAMED))
    figure = style.new_figure(8.6, max(4.2, 1.6 + 0.21 * len(named)))
    axes = axes_over_epochs(figure, int(epochs[-1]), right=2.5)
    axes.set_ylabel("root mean square")
    shown = np.isfinite(sizes) & (sizes > 0)  # a logarithm is of nothing else
    # from dark to bright as from input to output; the brightest would be lost on white
    colors = colormaps["viridis"](np.linspace(0.0, 0.88, len(layers)))
    for place, (layer, color) in enumerate(zip(layers, colors, strict=True)):
        curve = np.where(shown[:, place], sizes[:, place], np.nan)
        axes.plot(
            epochs,
            curve,
            color=color,
            marker=MARKERS[place % len(MARKERS)],
            markersize=4,
            markevery=max(1, len(epochs) // MOST_DOTS),
            linewidth=1.4,
            label=style.shortened(layer, LONGEST_NAME) if place in named else None,
        )
    axes.legend(loc="upper left", bbox_to_anchor=(1.02, 1.02), borderaxespad=0, fontsize=9)
    if shown.any():
        _fit(axes, sizes[shown])
    note = f"{style.counted(int(epochs[-1]), 'epoch')}, {what}"
    left_out = "" if shown.all() else "; what is 0 or not finite is left out"
    style.Heading(figure).write(title_of(name), note + left_out)
    return style.save(figure, folder / f"{name}.png")


def _fit(axes: Axes, sizes: Array) -> None:
    """Choose a logarithmic axis with some room, at least from one to one and a half."""
    low, high = float(sizes.min()), float(sizes.max())
    middle, reach = np.sqrt(low) * np.sqrt(high), max(np.sqrt(high / low), np.sqrt(1.5)) * 1.15
    axes.set_yscale("log")
    axes.set_ylim(middle / reach, middle * reach)
    decades = 2 * np.log10(reach)
    subs = (1.0, 2.0, 5.0) if decades < 2 else (1.0,)
    axes.yaxis.set_major_locator(LogLocator(subs=subs, numticks=8))
    axes.yaxis.set_major_formatter("{x:.4g}")
    axes.yaxis.set_minor_locator(NullLocator())
