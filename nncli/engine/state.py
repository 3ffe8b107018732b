"""What things remember from step to step, as plain values, so that a training can go on elsewhere.

Whoever has a memory answers `state()` with dictionaries and lists of arrays and JSON values, and
takes the like back by `load_state`.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Protocol, runtime_checkable

import numpy as np

from nncli.engine.component import Component

State = dict[str, Any]


@runtime_checkable
class Stateful(Protocol):
    """Something with a memory."""

    def state(self) -> State:
        """Return all that it remembers; the arrays are its own and will change."""

    def load_state(self, state: State) -> None:
        """Go on from there.

        Raises:
            ValueError, KeyError, TypeError: the state is another thing's.
        """


_bare = Component()
_bare.__post_init__()
_WITHOUT_MEMORY = frozenset(vars(_bare))


class Remembering:
    """A component whose public attributes are its memory, but for its fields.

    What it works out from fields and model, and need not remember, begins with an underscore.
    Methods that somebody has replaced, as profiling does, are no memory either.
    """

    def state(self) -> State:
        """Return all that it remembers; the arrays are its own and will change."""
        return {name: _plain(value) for name, value in self._memory().items()}

    def load_state(self, state: State) -> None:
        """Go on from there."""
        for name, value in self._memory().items():
            setattr(self, name, put(value, state[name]))

    def _memory(self) -> State:
        known = _WITHOUT_MEMORY.union(field.name for field in fields(self))  # type: ignore[arg-type]
        return {
            name: value
            for name, value in vars(self).items()
            if name not in known and not name.startswith("_") and not callable(value)
        }


def put(old: Any, new: Any) -> Any:
    """Return the remembered value for an attribute; arrays that are there are filled.

    Raises:
        ValueError: an array has another shape or type.
    """
    if isinstance(old, Stateful):
        old.load_state(new)
        return old
    if isinstance(old, dict):
        return {name: put(value, new[name]) for name, value in old.items()}
    if isinstance(old, np.ndarray):
        fill(old, new)
        return old
    return new


def fill(array: np.ndarray[Any, Any], values: Any) -> None:
    """Copy values over an array of exactly their shape and type.

    Raises:
        ValueError: it isn't.
    """
    found = np.asarray(values)
    if (found.shape, found.dtype) != (array.shape, array.dtype):
        raise ValueError(f"{found.dtype} of shape {found.shape} where {array.dtype} of "
                         f"shape {array.shape} is wanted")  # fmt: skip
    np.copyto(array, found)


def _plain(value: Any) -> Any:
    return value.state() if isinstance(value, Stateful) else value
