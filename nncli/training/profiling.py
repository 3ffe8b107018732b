"""Where the time of training goes: what `train --profile` measures.

Methods are replaced by timed ones before the first step, so that a training without a profile
pays nothing for there being one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from threading import get_ident
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
    loop: dict[str, float] = field(default_factory=dict)
    thread: int = field(default_factory=get_ident)
    within: list[float] = field(default_factory=lambda: [0.0])
    """What the calls that are running have spent in other calls that are timed."""

    @property
    def total(self) -> float:
        """How long the training took in all."""
        parts = (self.forward, self.backward, self.other, self.loop)
        return sum(sum(part.values()) for part in parts)

    @property
    def rest(self) -> float:
        """What none of the parts accounts for: the loop itself, and waiting for other replicas."""
        return self.loop["fit"]

    def timed(
        self, run: Callable[..., Any], part: dict[str, float], key: str
    ) -> Callable[..., Any]:
        """Return the function with its time noted, less that of timed calls within it."""
        part.setdefault(key, 0.0)

        @wraps(run)
        def timed(*arguments: Any, **options: Any) -> Any:
            if get_ident() != self.thread:
                return run(*arguments, **options)
            self.within.append(0.0)
            start = perf_counter()
            try:
                return run(*arguments, **options)
            finally:
                took = perf_counter() - start
                part[key] += took - self.within.pop()
                self.within[-1] += took

        return timed


def profile(trainer: Trainer) -> Profile:
    """Time this trainer's parts from now on; call before `fit`."""
    seconds = Profile()
    program = trainer.model.program(training=True)
    program.forward = [
        (seconds.timed(run, seconds.forward, _name(run)), arguments)
        for run, arguments in program.forward
    ]
    program.backward = [
        (seconds.timed(run, seconds.backward, _name(run)), arguments)
        for run, arguments in program.backward
    ]
    for owner, method, part, key in (
        (trainer.stepper, "feed", seconds.other, "data"),
        (trainer.stepper.objective, "gradient", seconds.other, "loss"),
        (trainer.optimizer, "update_part", seconds.other, "optimizer"),
        (trainer.scorer, "add", seconds.other, "metrics"),
        (trainer.scorer, "evaluate", seconds.other, "validation"),
        (trainer, "fit", seconds.loop, "fit"),
    ):
        setattr(owner, method, seconds.timed(getattr(owner, method), part, key))
    return seconds


def _name(run: Callable[..., Any]) -> str:
    """Return the layer's name whose method this is; others add up gradients where values branch."""
    layer = getattr(run, "__self__", None)
    return str(layer.name) if isinstance(layer, Layer) else "sums at branches"
