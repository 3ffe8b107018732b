"""Where a recurrent layer begins and ends: states that it reads, and states that it hands on.

These are keras.layers' call argument `initial_state` and what `return_state` returns. Padded steps
are left out here as anywhere; Keras 3.15 forgets the mask beside an `initial_state`, unless `mask`
is given too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nncli.engine.layers.shapes import batched
from nncli.engine.types import Array, Arrays, Shape
from nncli.errors import ShapeError


@dataclass(frozen=True)
class Held:
    """What a layer keeps from step to step: the state, or an LSTM's cell."""

    values: Array
    """Before and after each step, (steps + 1, units, rows)."""
    gradient: Array
    """During the walk back that of the value before the step, (units, rows)."""


def begins_with_states(states: Sequence[Shape], count: int, units: int) -> bool:
    """Whether there are states to begin with, by their shapes.

    Raises:
        ShapeError: they aren't as many, or not as long, as the layer's own.
    """
    if not states:
        return False
    if list(states) != [(units,)] * count:
        raise ShapeError(
            f"expected behind the sequence {count} state{'s' * (count > 1)} of "
            f"{batched((units,))} to begin with, got {', '.join(map(batched, states))}"
        )
    return True


def load_first(held: Sequence[Held], states: Arrays) -> None:
    """Begin with the states, (rows, units)."""
    for each, state in zip(held, states, strict=True):
        np.copyto(each.values[0], state.T)


def hide_not_begun(outputs: Array, skipped: Array, not_yet: Array) -> None:
    """Put zeros in place of the outputs before the first step that isn't padding, as Keras has it.

    `skipped` and the scratch array `not_yet` are (steps, rows).
    """
    np.logical_and.accumulate(skipped, 0, None, not_yet)
    hidden = not_yet.T
    np.copyto(outputs, 0.0, where=hidden[..., np.newaxis] if outputs.ndim == 3 else hidden[:, -1:])


def write_last(held: Sequence[Held], outputs: Arrays) -> None:
    """Hand on the states after the last step, (rows, units)."""
    for each, output in zip(held, outputs, strict=True):
        np.copyto(output, each.values[-1].T)


def add_last_gradients(held: Sequence[Held], d_outputs: Arrays) -> None:
    """Begin the walk back with what later layers say of the last states."""
    for each, d_output in zip(held, d_outputs, strict=True):
        np.add(each.gradient, d_output.T, each.gradient)


def write_first_gradients(held: Sequence[Held], d_states: Sequence[Array | None]) -> None:
    """Hand back what the walk left as the gradient of the first states."""
    for each, d_state in zip(held, d_states, strict=True):
        if d_state is not None:
            np.copyto(d_state, each.gradient.T)
