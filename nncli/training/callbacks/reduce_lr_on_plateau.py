"""reduce_lr_on_plateau: smaller steps when a number no longer gets better."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from nncli.engine.component import require
from nncli.training.callbacks.base import require_settable_rate
from nncli.training.callbacks.monitor import Monitor

if TYPE_CHECKING:
    from nncli.training.loop import Trainer
    from nncli.training.outlook import Outlook


@dataclass(kw_only=True)
class ReduceLrOnPlateau(Monitor):
    """Multiplies the learning rate by `factor` when `monitor` hasn't improved for `patience`
    epochs, as keras's ReduceLROnPlateau.
    """

    type: Literal["reduce_lr_on_plateau"] = "reduce_lr_on_plateau"
    factor: float = 0.1
    """What the rate is multiplied by."""
    patience: int = 10
    """How many epochs without improvement are waited for."""
    min_delta: float = 0.0001
    """A smaller change doesn't count as an improvement."""
    cooldown: int = 0
    """How many epochs go by after a reduction before the count begins again."""
    min_lr: float = 0.0
    """The rate never gets smaller."""

    def check(self) -> None:
        """Refuse factors that don't reduce, and negative counts."""
        require(0 < self.factor < 1, f"factor must be above 0 and below 1, got {self.factor}")
        for name in ("patience", "cooldown", "min_lr"):
            value = getattr(self, name)
            require(value >= 0, f"{name} must not be negative, got {value}")

    def check_outlook(self, outlook: Outlook) -> None:
        """Refuse a rate that a schedule sets."""
        super().check_outlook(outlook)
        require_settable_rate(outlook)

    def on_train_begin(self, trainer: Trainer) -> None:
        """Start the count."""
        self._sign = self.sign(trainer)
        self.best = float("inf")
        self.waited = 0
        self.cooling = 0

    def on_epoch_end(self, trainer: Trainer, values: dict[str, float]) -> None:
        """Compare with the best so far, and reduce the rate when it is time."""
        value = self._sign * values[self.monitor]
        if self.cooling:
            self.cooling -= 1
            self.waited = 0
        if value < self.best - abs(self.min_delta):
            self.best = value
            self.waited = 0
            return
        if self.cooling:
            return
        self.waited += 1
        rate = trainer.optimizer.current_rate
        if self.waited >= self.patience and rate > self.min_lr:
            trainer.optimizer.set_rate(max(rate * self.factor, self.min_lr))
            self.cooling = self.cooldown
            self.waited = 0
