"""The curves of several runs in one picture for each metric, a colour a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from nncli.engine.types import Array
from nncli.reporting.plots import style
from nncli.reporting.plots.curves import add_curve, axes_over_epochs, fit_view, title_of
from nncli.training.history import History

# Okabe and Ito's again, but for their yellow, which is lost on white
COLORS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", style.INK, "#8a5a2b")
DASHES = ("-", "--", ":", "-.")
"""Each colour comes round again in another dash."""
LONGEST_NAME = 26
"""Characters of a run's name that are shown."""


def draw_together(folder: Path, runs: Mapping[str, History]) -> list[Path]:
    """Draw loss.png, one picture per metric, and learning_rate.png unless it is the same in all.

    Validation's curve is drawn where there is one, else training's. Returns the paths.

    Args:
        folder: where to; made where it is missing.
        runs: by the name to show.
    """
    names = dict.fromkeys(
        name for run in runs.values() for name in run.columns if not name.startswith("val_")
    )
    paths = []
    with style.styled():
        for name in names:
            curves = {title: _curve(run, name) for title, run in runs.items()}
            if name != "learning_rate" or _differ(curves.values()):
                validated = {title: f"val_{name}" in run.columns for title, run in runs.items()}
                paths.append(_draw(folder / f"{name}.png", name, curves, validated))
    return paths


def _curve(run: History, name: str) -> Array:
    """Return a metric's values by epoch; none where the run doesn't know the metric."""
    column = next((column for column in (f"val_{name}", name) if column in run.columns), None)
    return np.array(run.column(column) if column else [], np.float64)


def _differ(curves: Iterable[Array]) -> bool:
    return len(np.unique(np.concatenate(list(curves)))) > 1


def _stretched(curves: Iterable[Array], epochs: int) -> Array:
    """Return the curves made equally long: each run has first epochs and later ones of its own."""
    places = np.arange(epochs)
    return np.array([curve[places * len(curve) // epochs] for curve in curves if len(curve)])


def _draw(
    path: Path, name: str, curves: Mapping[str, Array], validated: Mapping[str, bool]
) -> Path:
    titles = [title for title, values in curves.items() if len(values)]
    kinds = {"validation" if validated[title] else "training" for title in titles}
    epochs = max(len(values) for values in curves.values())
    # the legend stands beside the axes, where no curve runs, and takes the height that it needs
    figure = style.new_figure(8.6, max(4.2, 1.6 + 0.21 * len(titles)))
    axes = axes_over_epochs(figure, epochs, right=2.5)
    for place, (title, values) in enumerate(curves.items()):
        if len(values):
            label = style.shortened(title, LONGEST_NAME)
            label += " (training)" if len(kinds) > 1 and not validated[title] else ""
            dash = DASHES[place // len(COLORS) % len(DASHES)]
            add_curve(axes, values, label=label, color=COLORS[place % len(COLORS)], linestyle=dash)
    axes.legend(loc="upper left", bbox_to_anchor=(1.02, 1.02), borderaxespad=0, fontsize=9)
    left_out = fit_view(axes, _stretched(curves.values(), epochs))
    rows = "" if name == "learning_rate" else f", {max(kinds)} rows"
    style.Heading(figure).write(
        title_of(name), f"{style.counted(len(titles), 'run')}{rows}{left_out}"
    )
    return style.save(figure, path)
