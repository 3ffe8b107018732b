"""piecewise_constant_decay: a rate for each stretch of steps."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import Literal

from nncli.engine.component import require
from nncli.engine.schedules.base import Schedule, require_rate


@dataclass(kw_only=True)
class PiecewiseConstantDecay(Schedule):
    """The first value up to the first boundary and so on, as keras's PiecewiseConstantDecay."""

    type: Literal["piecewise_constant_decay"] = "piecewise_constant_decay"
    boundaries: tuple[int, ...]
    """The last steps, counted from 0, of all stretches but the last."""
    values: tuple[float, ...]
    """The rates of the stretches, one more than there are boundaries."""

    def check(self) -> None:
        """Refuse boundaries out of order, and stretches without a rate."""
        require(len(self.boundaries) >= 1, "boundaries must hold at least 1, got none")
        ordered = all(a < b for a, b in zip(self.boundaries, self.boundaries[1:], strict=False))
        require(ordered, f"boundaries must be in increasing order, got {list(self.boundaries)}")
        require(
            len(self.values) == len(self.boundaries) + 1,
            f"values must be one more than the {len(self.boundaries)} boundaries, "
            f"got {len(self.values)}",
        )
        for value in self.values:
            require_rate("values", value)

    def rate(self, step: int) -> float:
        """Return the rate of a step."""
        return self.values[bisect_left(self.boundaries, step)]
