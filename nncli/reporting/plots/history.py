"""The curves of a training: loss and every metric over the epochs, the best epoch marked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from nncli.engine.types import Array
from nncli.reporting.figures import short
from nncli.reporting.plots import style
from nncli.reporting.plots.curves import add_curve, axes_over_epochs, fit_view, title_of


def draw_history(
    folder: Path, columns: Sequence[str], rows: Sequence[Sequence[float]], best_epoch: int | None
) -> list[Path]:
    """Draw loss.png, one picture per metric, and learning_rate.png where the rate changes.

    Returns their paths, none where no epoch ended.

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
        paths = [
            sheet.draw(folder / f"{name}.png", name, curves[name], curves.get(f"val_{name}"))
            for name in names
        ]
        rates = curves.get("learning_rate", np.zeros(0))
        if len(np.unique(rates)) > 1:
            paths.append(_draw_rates(folder / "learning_rate.png", rates))
    return paths


def _draw_rates(path: Path, rates: Array) -> Path:
    figure = style.new_figure(6.4, 4.2)
    axes = axes_over_epochs(figure, len(rates))
    add_curve(axes, rates, color=style.BLUE)
    left_out = fit_view(axes, rates[np.newaxis])
    note = style.counted(len(rates), "epoch") + left_out
    style.Heading(figure).write(title_of("learning_rate"), note)
    return style.save(figure, path)


class _Sheet:
    """One figure, drawn anew for each metric: making its axes would cost as much as drawing it."""

    def __init__(self, epochs: int, best_epoch: int | None, *, validated: bool) -> None:
        self.epochs = np.arange(1, epochs + 1)
        self.count = style.counted(epochs, "epoch")
        self.best_epoch = best_epoch
        self.figure = style.new_figure(6.4, 4.2)
        self.heading = style.Heading(self.figure)
        self.axes = axes_over_epochs(self.figure, epochs)
        unknown = np.full(epochs, np.nan)
        self.training = add_curve(self.axes, unknown, color=style.BLUE, label="training")
        self.validation = add_curve(self.axes, unknown, color=style.ORANGE, label="validation")
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
        curves = [training] if validation is None else [training, validation]
        left_out = fit_view(self.axes, np.array(curves))
        self.heading.write(title_of(name), self.count + left_out)
        self._mark(training if validation is None else validation)
        return style.save(self.figure, path)

    def _side(self) -> str:
        """Say how a label at the best epoch is to be aligned so that it stays in the picture."""
        place = (self.best_epoch or 0) / (len(self.epochs) + 1)
        return "left" if place < 0.15 else "right" if place > 0.85 else "center"

    def _mark(self, judged: Array) -> None:
        """Put the dot and its value on the curve by which the best epoch is judged."""
        if self.best_epoch is None:
            return
        value = judged[self.best_epoch - 1]
        self.dot.set_data([self.best_epoch], [value])
        self.label.set_x(self.best_epoch)
        self.label.set_text(f"best epoch {self.best_epoch:,}: {short(value)}")
