"""What training has measured: one row of numbers an epoch."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isnan
from typing import Literal


@dataclass
class History:
    """The columns of metrics.csv but for the epoch, and one row for each epoch done."""

    columns: list[str]
    rows: list[list[float]] = field(default_factory=list)

    @property
    def epochs(self) -> int:
        """How many epochs are done."""
        return len(self.rows)

    def column(self, name: str) -> list[float]:
        """Return one column's values, epoch by epoch."""
        number = self.columns.index(name)
        return [row[number] for row in self.rows]

    def best(self, name: str, direction: Literal["up", "down"]) -> tuple[int, float]:
        """Return the epoch (from 1) at which a column first reached its best, and that value."""
        sign = 1.0 if direction == "up" else -1.0
        values = [(-sign * v if not isnan(v) else float("inf")) for v in self.column(name)]
        position = values.index(min(values))
        return position + 1, self.column(name)[position]
