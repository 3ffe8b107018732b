"""How often a training's state is kept: the config's `checkpoint` section."""

from __future__ import annotations

import re
from dataclasses import dataclass
from time import monotonic
from typing import Any, ClassVar

from nncli.training import durations

_COUNTED = re.compile(r"(\d+)\s*(epoch|step)s?")
_NEVER = float("inf")


@dataclass(kw_only=True)
class Cadence:
    """When the state is kept, beside when training ends or is interrupted."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {
        "extra": "forbid",
        "use_attribute_docstrings": True,
    }

    every: str = "30s"
    """A time (`30s`, `5m`, `1h`), `1 epoch` or more, or a number of steps (`500 steps`). What a
    killed run has done since is done again when it is resumed, to the same numbers."""

    def __post_init__(self) -> None:
        self._seconds = self._steps = self._epochs = _NEVER
        counted = _COUNTED.fullmatch(self.every.strip())
        if counted and int(counted[1]) > 0:
            setattr(self, f"_{counted[2]}s", int(counted[1]))
            return
        try:
            self._seconds = durations.parse(self.every)
        except ValueError:
            raise ValueError(
                f"every must be a time, epochs or steps, as in 30s, 1 epoch or 500 steps, "
                f"got {self.every!r}"
            ) from None

    def begin(self, steps: int, epochs: int) -> None:
        """Count from here."""
        self._at_second = monotonic() + self._seconds
        self._at_step, self._at_epoch = steps + self._steps, epochs + self._epochs

    def is_due(self, now: float, steps: int, epochs: int) -> bool:
        """Whether it is time again, at `now` by the monotonic clock, after so many whole epochs."""
        return now >= self._at_second or steps >= self._at_step or epochs >= self._at_epoch
