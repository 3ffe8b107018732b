"""A config that may have mistakes: what is wrong, and what of it can be used all the same."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import MISSING, dataclass, fields
from typing import Any

from pydantic import ValidationError

from nncli.config.document import Document
from nncli.config.schema import Config, Validator
from nncli.errors import Path, Problem

_MOST_LOOKS = 10
_NOTHING = object()


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A config as far as it goes, so that more can be said than what its schema finds."""

    config: Config
    """Keys that are broken hold None, as do the places of metrics and callbacks that are; of the
    layers there are those above the first broken one."""
    broken: frozenset[str] = frozenset()
    """The keys whose values can't be used as a whole."""
    problems: Sequence[Problem] = ()

    def has(self, *keys: str) -> bool:
        """Whether all these keys' values can be used."""
        return self.broken.isdisjoint(keys)


def check(document: Document, *, for_training: bool) -> Draft:
    """Validate; what YAML couldn't make sense of is not complained about a second time."""
    problems = list(document.problems)
    validator = Validator(document.plain)
    try:
        config = validator.config(document.plain)
    except ValidationError as error:
        config, known = None, {problem.path for problem in problems}
        problems += _mistakes(error, document.plain, validator, known)
    if for_training and document.plain.get("data") is None:
        problems.append(Problem(path=("data",), message="missing", hint="training needs a table"))
    if config is None or problems:
        return _salvaged(document.plain, validator, problems)
    return Draft(config=config)


def _mistakes(
    error: ValidationError, plain: dict[str, Any], validator: Validator, known: set[Path]
) -> list[Problem]:
    """Return all that is wrong, but for the known places.

    What a component says of its values comes once their types are right, and stops at the first of
    them. So the config is looked at again without what has been found, and with a 1 for what can't
    be left out, which is fine for most numbers; what is said of that 1 nobody hears.
    """
    from nncli.config.messages import problems_of  # wanted for mistakes only

    problems: list[Problem] = []
    rest = deepcopy(plain)
    for _ in range(_MOST_LOOKS):
        said = problems_of(error, rest)
        found = [problem for problem in said if problem.path not in known]
        problems += found
        known |= {problem.path for problem in found}
        lacking = {problem.path for problem in said if problem.message == "missing"}
        put = [path for path in lacking if _put(1, path, rest)]
        taken = [each for each in found if each.path not in lacking and _take_out(each.path, rest)]
        if not (put or taken):
            break
        try:
            validator.config(rest)
        except ValidationError as further:
            error = further
        else:
            break
    return problems


def _take_out(path: Path, plain: Any) -> bool:
    """Take a key out of the mapping that holds it; return whether it was there."""
    holder = _holder(path, plain)
    return holder is not None and holder.pop(path[-1], _NOTHING) is not _NOTHING


def _put(value: Any, path: Path, plain: Any) -> bool:
    """Put a key into the mapping that is to hold it; return whether there is one."""
    holder = _holder(path, plain)
    if holder is None:
        return False
    holder[path[-1]] = value
    return True


def _holder(path: Path, plain: Any) -> dict[Any, Any] | None:
    """Return the mapping in which a key stands, or would stand."""
    try:
        for step in path[:-1]:
            plain = plain[step]
    except (LookupError, TypeError):
        return None
    return plain if isinstance(plain, dict) else None


def _salvaged(plain: dict[str, Any], validator: Validator, problems: Sequence[Problem]) -> Draft:
    broken = frozenset(str(problem.path[0]) for problem in problems if problem.path)
    values: dict[str, Any] = {}
    for field in fields(Config):
        if field.name in plain and field.name not in broken:
            values[field.name] = validator.part(field.name, plain[field.name])
        elif field.default_factory is MISSING:
            values[field.name] = None if field.default is MISSING else field.default
    for key in broken & {"layers", "metrics", "callbacks"}:
        values[key] = _items(key, plain.get(key), validator, problems)
    if None in (values["layers"] or ()):
        values["layers"] = values["layers"][: values["layers"].index(None)]
    return Draft(config=Config(**values), broken=broken, problems=problems)


def _items(
    key: str, plain: Any, validator: Validator, problems: Sequence[Problem]
) -> tuple[Any, ...]:
    """Return a list's checked items, None where one has a mistake; nothing if it is no list."""
    wrong = {problem.path[1:2] for problem in problems if problem.path[:1] == (key,)}
    if () in wrong or not isinstance(plain, list):
        return ()
    return tuple(
        None if (position,) in wrong else validator.part(key, [item])[0]
        for position, item in enumerate(plain)
    )
