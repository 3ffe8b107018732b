"""Where the time of training goes: what `train --profile` measures.

Methods are replaced by timed ones before the first step, so that a training without a profile
pays nothing for there being one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from time import perf_counter
from typing import Any

from nncli.engine.layers.base import Layer
from nncli.training.loop import Trainer


@dataclass
class Profile:
    """Seconds by what was done, in the calling thread: that of the first replica."""

    forward: dict[str, float] = field(default_factory=dict)
    backward: dict[str, float] = field(default_factory=dict)
    other: dict[str, float] = field(default_factory=dict)
    whole: dict[str, float] = field(default_factory=dict)

    @property
    def total(self) -> float:
        """How long the training took in all."""
        return self.whole["total"]

    @property
    def rest(self) -> float:
        """What none of the parts accounts for: the loop itself, and waiting for other replicas."""
        return self.total - sum(
            sum(part.values()) for part in (self.forward, self.backward, self.other)
        )


def profile(trainer: Trainer) -> Profile:
    """Time this trainer's parts from now on; call before `fit`."""
    seconds = Profile()
    program = trainer.model.program(training=True)
    program.forward = [(_timed(run, seconds.forward, _name(run)), a) for run, a in program.forward]
    program.backward = [
        (_timed(run, seconds.backward, _name(run)), a) for run, a in program.backward
    ]
    stepper = trainer.stepper
    _time(stepper, "feed", seconds.other, "data")
    _time(stepper.objective, "gradient", seconds.other, "loss")
    _time(trainer.optimizer, "update_part", seconds.other, "optimizer")
    _time(trainer.scorer, "add", seconds.other, "metrics")
    _time(trainer.scorer, "evaluate", seconds.other, "validation")
    _time(trainer, "fit", seconds.whole, "total")
    return seconds


def _name(run: Callable[..., Any]) -> str:
    """Return the layer's name whose method this is; others add up gradients where values branch."""
    layer = getattr(run, "__self__", None)
    return str(layer.name) if isinstance(layer, Layer) else "sums at branches"


def _time(owner: Any, method: str, seconds: dict[str, float], key: str) -> None:
    setattr(owner, method, _timed(getattr(owner, method), seconds, key))


def _timed(run: Callable[..., Any], seconds: dict[str, float], key: str) -> Callable[..., Any]:
    seconds.setdefault(key, 0.0)

    @wraps(run)
    def timed(*arguments: Any, **options: Any) -> Any:
        start = perf_counter()
        try:
            return run(*arguments, **options)
        finally:
            seconds[key] += perf_counter() - start

    return timed
