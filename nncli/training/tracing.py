"""Training that looks at every number it computes, to find the first that isn't finite."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from inspect import unwrap
from math import ceil
from typing import TYPE_CHECKING, Any

import numpy as np

from nncli.engine.layers.base import Layer
from nncli.engine.program import Plan
from nncli.engine.types import Array, Arrays, Call
from nncli.training.stepping import Rows, Stepper

if TYPE_CHECKING:
    from nncli.training.loop import Trainer

_LARGE_INPUT, _LARGE_TARGET, _LARGE_OUTPUT = 100.0, 1e4, 1e6


class Culprit(Exception):  # noqa: N818 (it is found, which is no error)
    """The first thing that wasn't finite."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what
        """In words, as "the output of dense_1"."""
        self.batch = 0
        """The batch of its epoch, counted from 1."""
        self.cause = ""
        """What most likely led to it, and the way out."""


@contextmanager
def traced(trainer: Trainer) -> Iterator[None]:
    """Let training raise the Culprit as soon as it appears, while the block runs."""
    with ExitStack() as stack:

        def replace(owner: Any, method: str, new: Callable[..., Any]) -> None:
            setattr(owner, method, new)
            stack.callback(delattr, owner, method)

        for stepper in trainer.stepper.members:
            replace(stepper.model, "plan", _watched_plan(stepper))
            replace(stepper.objective, "gradient", _watched_loss(stepper))
        replace(trainer.stepper, "step", _watched_step(trainer))
        yield


def _watched_plan(stepper: Stepper) -> Callable[..., Plan]:
    """Return the model's `plan`, but of plans whose every step is looked at."""
    make = stepper.model.plan

    def plan(rows: int, *, training: bool) -> Plan:
        made = make(rows, training=training)
        if training:
            made.forward = lambda: _run(made.forward_steps, _check_outputs)  # type: ignore[method-assign]
            made.backward = lambda: _run(made.backward_steps, _check_gradients)  # type: ignore[method-assign]
        return made

    return plan


def _run(steps: Sequence[Call], check: Callable[[Layer, Any], None]) -> None:
    for run, arguments in steps:
        run(*arguments)
        layer = getattr(unwrap(run), "__self__", None)
        if isinstance(layer, Layer):
            check(layer, arguments)


def _check_outputs(layer: Layer, arguments: Any) -> None:
    _, outputs, _ = arguments
    for output in outputs:
        _require_finite(output, f"the output of {layer.name}")


def _check_gradients(layer: Layer, arguments: Any) -> None:
    for path, part in layer.walk(str(layer.name)):
        for name, weight in part.weights.items():
            if weight.trainable:
                _require_finite(weight.gradient, f"the gradient of {path}/{name}")
    for d_input in arguments[3]:
        if d_input is not None:
            _require_finite(d_input, f"the gradient of what goes into {layer.name}")


def _watched_loss(stepper: Stepper) -> Callable[..., None]:
    objective = stepper.objective
    compute = objective.gradient

    def gradient(
        targets: Sequence[Array], plan: Plan, kept: Sequence[Array] = (), batch: int | None = None
    ) -> None:
        compute(targets, plan, kept, batch)
        _require_finite(objective.values(tuple(targets), tuple(kept)), _LOSS)
        for d_output in plan.d_outputs:
            _require_finite(d_output, f"the gradient of {_LOSS}")

    return gradient


_LOSS = "the loss"


def _watched_step(trainer: Trainer) -> Callable[..., None]:
    step, optimizer = trainer.stepper.step, trainer.optimizer
    batches = ceil(len(trainer.train) / trainer.batch_size)

    def watched(
        inputs: Arrays, rows: Rows, targets: Sequence[Array], outputs: Sequence[Array]
    ) -> None:
        number = optimizer.batches % batches + 1
        try:
            step(inputs, rows, targets, outputs)
            for name, weight in trainer.model.weights().items():
                _require_finite(weight, f"{name} after its update")
        except Culprit as culprit:
            culprit.batch = number
            culprit.cause = _cause(culprit, trainer, [x[rows] for x in inputs], targets, outputs)
            raise

    return watched


def _cause(
    culprit: Culprit,
    trainer: Trainer,
    inputs: Sequence[Array],
    targets: Sequence[Array],
    outputs: Sequence[Array],
) -> str:
    """Guess at what led to it, from sizes; what can be seen goes before what is usual."""
    moderate = _largest(outputs) < _LARGE_OUTPUT and _largest(targets) < _LARGE_OUTPUT
    if _LOSS in culprit.what and moderate:
        losses = " + ".join(loss.type for loss in trainer.model.losses)
        return (
            f"{losses} has no finite value there, as where a logarithm of zero or of a negative "
            "number is taken; look at the targets' range and at the last layer's activation"
        )
    if (size := _largest(inputs)) > _LARGE_INPUT:
        return f"inputs reach {size:.3g}; scale them, as with data.scale: standard"
    if (size := _largest(targets)) > _LARGE_TARGET:
        return f"targets reach {size:.3g}; divide them, or take a smaller learning rate"
    rate = trainer.optimizer.current_rate
    return (
        f"most likely the learning rate, {rate:g}, is too high; try {min(rate / 10, 0.01):g}, "
        "or optimizer.clipnorm: 1"
    )


def _largest(arrays: Sequence[Array]) -> float:
    """Return the largest size among numbers that aren't whole, such as class numbers are."""
    sizes = [np.abs(a).max(initial=0.0) for a in arrays if a.dtype.kind == "f"]
    return float(max(sizes, default=0.0))


def _require_finite(array: Array, what: str) -> None:
    if not np.isfinite(array).all():
        raise Culprit(what)
