"""The contract of a schedule: a learning rate for each step."""

from __future__ import annotations

from dataclasses import dataclass

from nncli.engine.component import Component, require, require_finite


@dataclass(kw_only=True)
class Schedule(Component):
    """Base of all schedules. A step is one batch; there are rows / batch_size of them an epoch."""

    def rate(self, step: int) -> float:
        """Return the learning rate of a step, counted from 0."""
        raise NotImplementedError


def require_rate(name: str, value: float) -> None:
    """Refuse learning rates that are negative or not finite."""
    require_finite(name, value)
    require(value >= 0, f"{name} must not be negative, got {value}")


def require_steps(name: str, value: int) -> None:
    """Refuse stretches of no steps."""
    require(value >= 1, f"{name} must be at least 1, got {value}")
