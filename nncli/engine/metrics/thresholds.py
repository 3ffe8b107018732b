"""Metrics of what is above one threshold or several."""

from __future__ import annotations

from dataclasses import dataclass

from nncli.engine.component import require
from nncli.engine.metrics.tally import Tallied, Tally, are_even
from nncli.engine.types import Array, Shape

Thresholds = float | tuple[float, ...] | None


@dataclass(kw_only=True)
class AtThresholds(Tallied):
    """One number, or one for each threshold where there is a list of them."""

    thresholds: Thresholds = None

    def check(self) -> None:
        """Refuse thresholds that are no probability."""
        given = self.thresholds if isinstance(self.thresholds, tuple) else (self.thresholds,)
        require(len(given) > 0, "thresholds must not be empty")
        require(
            all(threshold is None or 0 <= threshold <= 1 for threshold in given),
            f"thresholds must lie between 0 and 1, got {self.thresholds}",
        )

    def new_tally(self, shape: Shape) -> Tally:
        """Count all outputs together."""
        default = self.default_threshold()
        given = self.thresholds if isinstance(self.thresholds, tuple) else (self.thresholds,)
        thresholds = [default if threshold is None else threshold for threshold in given]
        return Tally(thresholds, 1, even=are_even(thresholds))

    def default_threshold(self) -> float:
        """Return the threshold where none is given."""
        return 0.5

    def at_thresholds(self) -> Array:
        """Return the metric at each threshold, (thresholds, 1)."""
        raise NotImplementedError

    def result(self) -> float | Array:
        """Return the metric, or one for each threshold."""
        values = self.at_thresholds()[:, 0]
        return float(values[0]) if len(values) == 1 else values
