"""Rates that fall along a cosine (Loshchilov and Hutter, 2016), after a warmup or with restarts."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, floor, log, pi
from typing import Literal

from nncli.engine.component import require
from nncli.engine.schedules.base import Schedule, require_rate, require_steps


@dataclass(kw_only=True)
class CosineDecay(Schedule):
    """Half a cosine from the rate to `alpha` times it, as keras's CosineDecay."""

    type: Literal["cosine_decay"] = "cosine_decay"
    initial_learning_rate: float
    """The rate of the first step."""
    decay_steps: int
    """How many steps the fall takes, warmup not counted."""
    alpha: float = 0.0
    """Which part of the rate is left at the end, and from then on."""
    warmup_target: float | None = None
    """The rate to which a warmup rises in a straight line, and from which it then falls."""
    warmup_steps: int = 0
    """How many steps the warmup takes."""

    def check(self) -> None:
        """Refuse rates and stretches that make no sense, and a warmup to nowhere."""
        require_rate("initial_learning_rate", self.initial_learning_rate)
        require_steps("decay_steps", self.decay_steps)
        require_rate("alpha", self.alpha)
        require(self.warmup_steps >= 0, f"warmup_steps must not be negative: {self.warmup_steps}")
        if self.warmup_target is None:
            require(self.warmup_steps == 0, "warmup_steps need a warmup_target, the rate to reach")
        else:
            require_rate("warmup_target", self.warmup_target)

    def rate(self, step: int) -> float:
        """Return the rate of a step."""
        start = self.initial_learning_rate
        if self.warmup_target is not None:
            if step < self.warmup_steps:
                return (self.warmup_target - start) * (step / self.warmup_steps) + start
            start = self.warmup_target
        passed = min((step - self.warmup_steps) / self.decay_steps, 1.0)
        return start * ((1 - self.alpha) * _half_cosine(passed) + self.alpha)


@dataclass(kw_only=True)
class CosineDecayRestarts(Schedule):
    """Cosines one after the other, each longer than the last, as keras's CosineDecayRestarts."""

    type: Literal["cosine_decay_restarts"] = "cosine_decay_restarts"
    initial_learning_rate: float
    """The rate of the first step."""
    first_decay_steps: int
    """How many steps the first fall takes."""
    t_mul: float = 2.0
    """How many times longer each fall is than the one before."""
    m_mul: float = 1.0
    """How many times higher each fall begins than the one before."""
    alpha: float = 0.0
    """Which part of the rate is left at the end of a fall."""

    def check(self) -> None:
        """Refuse rates and stretches that make no sense; falls never get shorter."""
        require_rate("initial_learning_rate", self.initial_learning_rate)
        require_steps("first_decay_steps", self.first_decay_steps)
        require(self.t_mul >= 1, f"t_mul must be at least 1, got {self.t_mul}")
        require_rate("m_mul", self.m_mul)
        require_rate("alpha", self.alpha)

    def rate(self, step: int) -> float:
        """Return the rate of a step."""
        passed = step / self.first_decay_steps
        if self.t_mul == 1.0:
            restarts = floor(passed)
            passed -= restarts
        else:
            restarts = floor(log(1 - passed * (1 - self.t_mul)) / log(self.t_mul))
            length = self.t_mul**restarts
            passed = (passed - (1 - length) / (1 - self.t_mul)) / length
        height = self.m_mul**restarts * _half_cosine(passed)
        return self.initial_learning_rate * ((1 - self.alpha) * height + self.alpha)


def _half_cosine(passed: float) -> float:
    """Return what is left of a fall from 1 to 0."""
    return 0.5 * (1 + cos(pi * passed))
