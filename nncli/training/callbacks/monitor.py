"""What callbacks share that watch one column of metrics.csv get better."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal

from nncli.training.callbacks.base import Callback

if TYPE_CHECKING:
    from nncli.training.loop import Trainer
    from nncli.training.outlook import Outlook


@dataclass(kw_only=True)
class Monitor(Callback):
    """Base of callbacks that watch a column."""

    monitor: str = "val_loss"
    """The column of metrics.csv that is watched."""
    mode: Literal["auto", "min", "max"] = "auto"
    """Whether smaller or larger is better; `auto` knows it of every loss and metric."""

    def check_outlook(self, outlook: Outlook) -> None:
        """Refuse a column that isn't there, or of which nobody knows what is better."""
        columns = outlook.columns
        if self.monitor not in columns:
            way_out = ""
            if near := get_close_matches(self.monitor, columns, n=1):
                way_out = f"; did you mean {near[0]!r}?"
            if self.monitor.startswith("val_") and not outlook.validates:
                way_out = "; val_... needs rows in data.validation"
            raise ValueError(
                f"monitor must be one of this run's columns, {', '.join(columns)}, "
                f"got {self.monitor!r}{way_out}"
            )
        if self.mode == "auto" and self.monitor not in outlook.directions:
            raise ValueError(f"mode must be min or max for {self.monitor!r}")

    def direction(self, trainer: Trainer) -> Literal["up", "down"]:
        """Return whether more or less of the column is better."""
        if self.mode == "auto":
            return trainer.directions[self.monitor]
        return "up" if self.mode == "max" else "down"

    def sign(self, trainer: Trainer) -> float:
        """Return what the column is multiplied by so that less is better."""
        return -1.0 if self.direction(trainer) == "up" else 1.0
