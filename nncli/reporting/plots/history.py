"""The curves of a training: loss and every metric over the epochs, the best epoch marked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.ticker import LogLocator, MaxNLocator, NullLocator

from nncli.engine.types import Array
from nncli.reporting.figures import short
from nncli.reporting.plots import style
from nncli.reporting.plots.view import view_of

MOST_DOTS = 30
"""Up to how many epochs each is marked with a dot."""


def draw_history(
    folder: Path, columns: Sequence[str], rows: Sequence[Sequence[float]], best_epoch: int | None
) -> list[Path]:
    """Draw loss.png and one picture per metric; return their paths, none where no epoch ended.

    Args:
        folder: where to; made where it is missing.
        columns: of `rows`, as "loss", "val_loss", "learning_rate".
        rows: one per epoch.
        best_epoch: the epoch to mark, from 1.
    """
    if not rows:
        return []
    curves = dict(zip(columns, np.asarray(rows, np.float64).T, strict=True))
    names = [name for name in columns if not name.startswith("val_") and name != "learning_rate"]
    with style.styled():
        sheet = _Sheet(
            len(rows), best_epoch, validated=any(f"val_{name}" in curves for name in names)
        )
        return [
            sheet.draw(folder / f"{name}.png", name, curves[name], curves.get(f"val_{name}"))
            for name in names
        ]


class _Sheet:
    """One figure, drawn anew for each metric: making its axes would cost as much as drawing it."""

    def __init__(self, epochs: int, best_epoch: int | None, *, validated: bool) -> None:
        self.epochs = np.arange(1, epochs + 1)
        self.count = style.counted(epochs, "epoch")
        self.best_epoch = best_epoch
        self.figure = style.new_figure(6.4, 4.2)
        self.heading = style.Heading(self.figure)
        self.axes = style.place_axes(self.figure, left=0.9, bottom=0.55, right=0.3, top=0.95)
        self.axes.set_xlabel("epoch")
        self.axes.set_xlim(0.5, epochs + max(0.5, 0.015 * epochs))
        self.axes.xaxis.set_major_locator(
            MaxNLocator(8, integer=True, steps=style.STEPS, min_n_ticks=1)
        )
        self.training = self._curve("training", style.BLUE)
        self.validation = self._curve("validation", style.ORANGE)
        shown = [self.training, *([self.validation] if validated else [])]
        self.figure.legend(handles=shown, loc="upper right", ncols=2, bbox_to_anchor=(0.97, 0.99))
        (self.dot,) = self.axes.plot([], [], "o", **style.MARK | {"color": style.INK})
        self.label = self.axes.text(
            0, 1.015, "", transform=self.axes.get_xaxis_transform(), ha=self._side(), fontsize=9
        )
        if best_epoch is not None:
            self.axes.axvline(best_epoch, color=style.INK, linewidth=0.9, linestyle=(0, (1, 2)))

    def draw(self, path: Path, name: str, training: Array, validation: Array | None) -> Path:
        """Draw one metric."""
        self.training.set_data(self.epochs, training)
        if validation is None:
            self.validation.set_data([], [])
        else:
            self.validation.set_data(self.epochs, validation)
        self.axes.set_ylabel(name)
        curves = [training] if validation is None else [training, validation]
        left_out = self._show(np.array(curves))
        self.heading.write(name.replace("_", " ").capitalize(), self.count + left_out)
        self._mark(training if validation is None else validation)
        return style.save(self.figure, path)

    def _curve(self, label: str, color: str) -> Line2D:
        dots = "o" if len(self.epochs) <= MOST_DOTS else ""
        (line,) = self.axes.plot([], [], color=color, label=label, marker=dots, markersize=4)
        return line

    def _side(self) -> str:
        """Say how a label at the best epoch is to be aligned so that it stays in the picture."""
        place = (self.best_epoch or 0) / (len(self.epochs) + 1)
        return "left" if place < 0.15 else "right" if place > 0.85 else "center"

    def _show(self, curves: Array) -> str:
        """Choose the y axis for all curves; return what to say of the values it leaves out."""
        finite = curves[np.isfinite(curves)]
        if not len(finite):
            self.axes.set_ylim(0, 1)
            return "; no value is finite"
        view = view_of(curves)
        self.axes.set_yscale("log" if view.logarithmic else "linear")
        self.axes.set_ylim(view.bottom, view.top)
        style.number_ticks(self.axes.yaxis)
        if view.logarithmic:
            self.axes.yaxis.set_major_locator(LogLocator())
            self.axes.yaxis.set_minor_locator(NullLocator())
        furthest = finite[np.abs(finite).argmax()]
        inside = view.bottom <= furthest <= view.top
        return "" if inside else f"; values as far as {furthest:,.3g} lie outside"

    def _mark(self, judged: Array) -> None:
        """Put the dot and its value on the curve by which the best epoch is judged."""
        if self.best_epoch is None:
            return
        value = judged[self.best_epoch - 1]
        self.dot.set_data([self.best_epoch], [value])
        self.label.set_x(self.best_epoch)
        self.label.set_text(f"best epoch {self.best_epoch:,}: {short(value)}")
