"""Rates that fall by a formula of the steps done."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import Literal

from nncli.engine.schedules.base import Schedule, require_rate, require_steps


@dataclass(kw_only=True)
class ExponentialDecay(Schedule):
    """initial_learning_rate * decay_rate^(step / decay_steps), as keras's ExponentialDecay."""

    type: Literal["exponential_decay"] = "exponential_decay"
    initial_learning_rate: float
    """The rate of the first step."""
    decay_steps: int
    """After how many steps the rate has fallen by `decay_rate`."""
    decay_rate: float
    """What the rate is multiplied by in so many steps."""
    staircase: bool = False
    """Whether it falls at once after every `decay_steps`, instead of little by little."""

    def check(self) -> None:
        """Refuse rates and stretches that make no sense."""
        _check_decay(self.initial_learning_rate, self.decay_steps, self.decay_rate)

    def rate(self, step: int) -> float:
        """Return the rate of a step."""
        passed = step / self.decay_steps
        return self.initial_learning_rate * float(
            self.decay_rate ** _stairs(passed, self.staircase)
        )


@dataclass(kw_only=True)
class InverseTimeDecay(Schedule):
    """initial_learning_rate / (1 + decay_rate * step / decay_steps), as keras's class."""

    type: Literal["inverse_time_decay"] = "inverse_time_decay"
    initial_learning_rate: float
    """The rate of the first step."""
    decay_steps: int
    """The steps after which the rate is divided by 1 + `decay_rate`."""
    decay_rate: float
    """How fast the divisor grows."""
    staircase: bool = False
    """Whether it grows at once after every `decay_steps`, instead of little by little."""

    def check(self) -> None:
        """Refuse rates and stretches that make no sense."""
        _check_decay(self.initial_learning_rate, self.decay_steps, self.decay_rate)

    def rate(self, step: int) -> float:
        """Return the rate of a step."""
        passed = step / self.decay_steps
        return self.initial_learning_rate / (1 + self.decay_rate * _stairs(passed, self.staircase))


@dataclass(kw_only=True)
class PolynomialDecay(Schedule):
    """(initial - end) * (1 - step / decay_steps)^power + end, as keras's PolynomialDecay."""

    type: Literal["polynomial_decay"] = "polynomial_decay"
    initial_learning_rate: float
    """The rate of the first step."""
    decay_steps: int
    """After how many steps the end is reached."""
    end_learning_rate: float = 0.0001
    """The rate at the end and, unless the decay starts again, from then on."""
    power: float = 1.0
    """1 makes the fall a straight line."""
    cycle: bool = False
    """Whether the decay starts again at the end, each time over more steps."""

    def check(self) -> None:
        """Refuse rates and stretches that make no sense."""
        require_rate("initial_learning_rate", self.initial_learning_rate)
        require_steps("decay_steps", self.decay_steps)
        require_rate("end_learning_rate", self.end_learning_rate)
        require_rate("power", self.power)

    def rate(self, step: int) -> float:
        """Return the rate of a step."""
        steps = self.decay_steps
        if self.cycle:
            steps *= max(ceil(step / steps), 1)
        left = 1 - min(step / steps, 1.0)
        fall = self.initial_learning_rate - self.end_learning_rate
        return float(fall * left**self.power + self.end_learning_rate)


def _check_decay(initial: float, steps: int, rate: float) -> None:
    require_rate("initial_learning_rate", initial)
    require_steps("decay_steps", steps)
    require_rate("decay_rate", rate)


def _stairs(passed: float, staircase: bool) -> float:
    return floor(passed) if staircase else passed
