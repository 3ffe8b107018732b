"""`--set layers.0.units=32`, its short forms, and `NNCLI_LAYERS__0__UNITS=32` in the environment.

The result is validated like the file itself, so a path that the schema doesn't know is an error
that points at the flag or the variable.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nncli.config.document import Document, parse
from nncli.config.hints import shown
from nncli.config.places import LocatedConfigError, Place, dotted
from nncli.errors import Path, Problem

_VARIABLE = "NNCLI_"


@dataclass(frozen=True)
class Override:
    """One change: the flag or variable as typed, the dotted path, and the value in YAML."""

    flag: str
    path: str
    value: str

    @classmethod
    def from_set(cls, text: str) -> Override:
        """Read what follows `--set`; where there is no `=`, there is no path either."""
        path, equals, value = text.partition("=")
        return cls(f"--set {text}", path.strip() if equals else "", value)

    @classmethod
    def from_environment(cls, variables: Mapping[str, str]) -> list[Override]:
        """Read the variables named NNCLI_..., two underscores for each dot."""
        return [
            cls(f"{name}={value}", name.removeprefix(_VARIABLE).lower().replace("__", "."), value)
            for name, value in sorted(variables.items())
            if name.startswith(_VARIABLE)
        ]

    def check(self) -> None:
        """Refuse a path that can't be one.

        Raises:
            LocatedConfigError: pointing at the flag.
        """
        if not all(self.steps):
            form = "path=value, as in --set optimizer.learning_rate=0.01"
            if self.flag.startswith(_VARIABLE):
                form = f"two underscores for a dot, as in {_VARIABLE}OPTIMIZER__LEARNING_RATE=0.01"
            raise self.refusal((), f"write {form}")
        if "[" in self.path:
            dotted_path = re.sub(r"\[(\w*)\]", r".\1", self.path)
            raise self.refusal((), f"items stand behind a dot; write {dotted_path}={self.value}")

    @property
    def steps(self) -> list[str]:
        """The parts of the path."""
        return self.path.split(".")

    def refusal(self, path: Path, message: str) -> LocatedConfigError:
        """Return the error that points at the flag."""
        return LocatedConfigError([(Place(self.flag), Problem(path=path, message=message))])


def apply(override: Override, document: Document) -> None:
    """Put the value into the document, and the flag into its places.

    Raises:
        LocatedConfigError: the path leads through something that has no parts, or past a list's
            end; or the value isn't YAML.
    """
    override.check()
    value = _parse_value(override)
    *parents, last = override.steps
    holder: Any = document.plain
    path: Path = ()
    for step in parents:
        key = _key(holder, step, path, override)
        if isinstance(holder, dict):
            holder[key] = _with_parts(holder.get(step), step, path, override)
        holder, path = holder[key], (*path, key)
        document.places.setdefault(path, Place(override.flag))
    key = _key(holder, last, path, override)
    path = (*path, key)
    holder[key] = value.plain
    for old in [place for place in document.places if place[: len(path)] == path]:
        del document.places[old]
    flag = Place(override.flag)
    document.places |= {(*path, *inner): flag for inner in value.places}
    document.problems += [
        Problem(path=(*path, *problem.path), message=problem.message, hint=problem.hint)
        for problem in value.problems
    ]


def _parse_value(override: Override) -> Document:
    """Read the value; a flag is short enough to go without lines and columns."""
    try:
        return parse(override.value, override.flag)
    except LocatedConfigError as error:
        raise override.refusal((), error.problems[0].message) from None


def _key(holder: Any, step: str, path: Path, override: Override) -> str | int:
    """Return `step` as a key of a mapping, or as an index of a list, which may go by names."""
    if isinstance(holder, dict):
        return step
    if not isinstance(holder, list):
        raise override.refusal(path, f"{shown(holder)} has no parts, so no {step!r}")
    names = {item["name"]: i for i, item in enumerate(holder) if _is_named(item)}
    if step in names:
        return names[step]
    if not step.isdecimal():
        near = difflib.get_close_matches(step, names, 1)
        hint = f"; did you mean {near[0]!r}?" if near else f"; count from 0 to {len(holder) - 1}"
        raise override.refusal(path, f"no item is named {step!r}{hint}")
    if int(step) >= len(holder):
        raise override.refusal(
            path, f"there is no item {step}, the last of {len(holder)} is {len(holder) - 1}"
        )
    return int(step)


def _is_named(item: Any) -> bool:
    return isinstance(item, dict) and isinstance(item.get("name"), str)


def _with_parts(value: Any, step: str, path: Path, override: Override) -> Any:
    """Return `value` as something that a longer path can lead into: `adam` as `{type: adam}`."""
    if value is None:
        return {}
    if isinstance(value, str):
        return {"type": value}
    if isinstance(value, dict | list):
        return value
    raise override.refusal((), f"{dotted((*path, step))} is {shown(value)}, which has no parts")
