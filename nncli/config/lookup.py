"""Which keys a place in the config may have: found on the dataclasses, along what is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

from nncli.config.schema import Config
from nncli.engine.component import Component


def keys_at(path: tuple[Any, ...], plain: Any) -> tuple[str, ...]:
    """Return the keys that the mapping at `path` of the config `plain` may have."""
    owner: type | None = Config
    hint: Any = Config
    value: Any = plain
    for step in path:
        if isinstance(step, str) and owner is not None:
            hint = get_type_hints(owner).get(step)
        value = value[step] if isinstance(value, dict | list) else None
        owner = _owner(hint, value)
    return tuple(field.name for field in fields(owner)) if owner else ()


def family_called(name: str) -> type[Component]:
    """Return the family whose class has this name."""
    return next(family for family in Component.__subclasses__() if family.__name__ == name)


def _owner(hint: Any, value: Any) -> type | None:
    """Return the dataclass that `value` describes, of those in the type `hint`."""
    name = value.get("type") if isinstance(value, dict) else value
    for part in _parts(hint):
        if isinstance(part, type) and issubclass(part, Component):
            if isinstance(name, str) and name in part.members:
                return part.members[name]
        elif is_dataclass(part) and isinstance(part, type):
            return part
    return None


def _parts(hint: Any) -> Iterator[Any]:
    """Yield the type and all types within it: of `tuple[X, ...] | None` also X."""
    yield hint
    for argument in get_args(hint):
        yield from _parts(argument)
