"""How every picture looks: one palette, one grid, sizes in inches, a heading above the axes.

Positions are fixed rather than fitted to the text, which would lay each picture out twice.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

DPI = 130

STEPS = [1, 2, 2.5, 5, 10]
"""Ticks are these times a power of ten apart."""

# Okabe and Ito's colours, told apart by the colour-blind as well
BLUE = "#0072b2"
ORANGE = "#d55e00"
INK = "#222222"
GREY = "#6e6e6e"
PALE = "#e4e4e4"

MARK: dict[str, Any] = {
    "color": ORANGE,
    "markersize": 8,
    "markeredgecolor": "white",
    "zorder": 5,
}
"""The one point of a picture to look at first."""

STYLE: dict[Any, Any] = {
    "font.size": 9.5,
    "text.color": INK,
    "text.parse_math": False,  # a class may be named "$5 to $10"
    "axes.edgecolor": "#9a9a9a",
    "axes.labelcolor": GREY,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "grid.color": PALE,
    "grid.linewidth": 0.8,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "ytick.minor.size": 0,
    "lines.linewidth": 1.8,
    "lines.solid_capstyle": "round",
    "legend.frameon": False,
}


@contextmanager
def styled() -> Iterator[None]:
    """Draw in nncli's style, whatever the user's matplotlibrc says."""
    with rc_context(STYLE), warnings.catch_warnings():
        # a name in a script that the font lacks is drawn as boxes: no reason to disturb the user
        warnings.filterwarnings("ignore", message=r"Glyph \d+", category=UserWarning)
        yield


def new_figure(width: float, height: float) -> Figure:
    """Return an empty figure of a size in inches, to be drawn without a screen."""
    figure = Figure(figsize=(width, height), dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    return figure


def place_axes(figure: Figure, left: float, bottom: float, right: float, top: float) -> Axes:
    """Add axes that leave these margins, in inches; their labels stand at the figure's edges."""
    width, height = figure.get_size_inches()
    across, up = width - left - right, height - bottom - top
    axes = figure.add_axes((left / width, bottom / height, across / width, up / height))
    axes.xaxis.set_label_coords(0.5, (0.28 - bottom) / up)
    axes.yaxis.set_label_coords((0.25 - left) / across, 0.5)
    return axes


def number_ticks(axis: Axis, most: int = 6) -> None:
    """Put up to about `most` ticks at round places, labelled in full and without an offset."""
    axis.set_major_locator(MaxNLocator(most, steps=STEPS))
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.6g}".replace("-", "−")))


def shortened(name: str, length: int) -> str:
    """Return a name on one line, its middle left out where it is longer than `length`."""
    name = " ".join(name.split())
    if len(name) <= length:
        return name
    return f"{name[: length // 2]}…{name[len(name) - (length - 1) // 2 :]}"


def counted(count: int, noun: str) -> str:
    """Return as "1 test row" or "1,000 test rows"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def rounded(value: float) -> str:
    """Return a number to about three digits, without an exponent where it is below a billion."""
    return f"{value:,.0f}" if 1000 <= abs(value) < 1e9 else f"{value:.3g}"


class Heading:
    """The title in the upper left corner, and in grey below it what one should know."""

    def __init__(self, figure: Figure) -> None:
        width, height = figure.get_size_inches()
        left = 0.16 / width
        self._title = figure.text(left, 1 - 0.3 / height, "", fontsize=12, fontweight="bold")
        self._note = figure.text(left, 1 - 0.52 / height, "", color=GREY)

    def write(self, title: str, note: str) -> None:
        """Replace what it says."""
        self._title.set_text(title)
        self._note.set_text(note)


def save(figure: Figure, path: Path) -> Path:
    """Write the figure as PNG, whole or not at all, and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    figure.savefig(temporary, format="png")
    return temporary.replace(path)  # not synced: a picture can be drawn again
