"""Turns pydantic's errors into problems in plain words, each at the key that the user wrote."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, TypedDict, cast

from pydantic import ValidationError

from nncli.config.hints import (
    KERAS_KEYS,
    OTHER_NAMES,
    for_key,
    for_member,
    for_value,
    nearest,
    shown,
)
from nncli.config.lookup import family_called, keys_at
from nncli.config.schema import UNKNOWN_MEMBER
from nncli.errors import Path, Problem

_EXPECTED = {
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "string_type": "text",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "dataclass_type": "a mapping",
}
_NUMBERS = ("int_type", "float_type")
_UNKNOWN_KEY = "unexpected_keyword_argument"
_TOO_FEW = "too_few"
_WRONG_LENGTH = {"too_long": "max_length", _TOO_FEW: "min_length"}
"""Types of errors about lists of a given length, with the key of their context that holds it."""


class _Error(TypedDict):
    """The part of pydantic's error that is used here."""

    type: str
    msg: str
    input: Any
    ctx: dict[str, Any]


def problems_of(error: ValidationError, plain: dict[str, Any]) -> list[Problem]:
    """Return one problem for each place where `plain` is wrong."""
    by_path: dict[Path, list[_Error]] = defaultdict(list)
    for found in error.errors(include_url=False):
        loc, place = found["loc"], found["loc"][-1] if found["loc"] else ""
        if found["type"] == "missing" and isinstance(place, int):  # is said of the list
            loc = loc[:-1]
            found["type"], found["ctx"] = _TOO_FEW, {"min_length": place + 1}
        last_is_key = found["type"] in (_UNKNOWN_KEY, "missing")
        by_path[written_path(loc, plain, last_is_key)].append(cast(_Error, found))
    return [
        _problem(path, _likeliest(errors), plain)
        for path, errors in by_path.items()
        if not _is_other_branch(path, errors, by_path)
    ]


def written_path(loc: tuple[Any, ...], plain: Any, last_is_key: bool) -> Path:
    """Return pydantic's location without the names of the union's branches it went through."""
    path: Path = ()
    value: Any = plain
    branch = ""  # the member that `value` was found to be, as in the regularizer l2 with its key l2
    for step in loc[:-1] if last_is_key else loc:
        if isinstance(value, dict) and step == value.get("type") and not branch:
            branch = step
        elif (isinstance(value, list) and isinstance(step, int)) or (
            isinstance(value, dict) and step in value
        ):
            path, value, branch = (*path, step), value[step], ""
    return (*path, loc[-1]) if last_is_key else path


def _is_other_branch(path: Path, errors: list[_Error], by_path: dict[Path, list[_Error]]) -> bool:
    """Whether errors deeper in the value say more, as those of a union's other branch."""
    return all(error["type"] in (*_EXPECTED, "too_short") for error in errors) and any(
        len(other) > len(path) and other[: len(path)] == path for other in by_path
    )


def _likeliest(errors: list[_Error]) -> list[_Error]:
    """Leave out that a name or mapping isn't a number, say, where a component is near.

    Of all the places that a list lacks, the last says how many it should hold.
    """
    lacking = [error for error in errors if error["type"] == _TOO_FEW]
    errors = [error for error in errors if error not in lacking[:-1]]
    spoken = [error for error in errors if error["type"] in ("value_error", "short_form")]
    if spoken:
        return spoken[:1]
    members = [error for error in errors if error["type"] == UNKNOWN_MEMBER]
    if members and isinstance(members[0]["input"], dict):
        return members[:1]
    return errors


def _problem(path: Path, errors: list[_Error], plain: dict[str, Any]) -> Problem:
    first = errors[0]
    context = first.get("ctx", {})
    if len(errors) > 1:
        return _mismatch(path, errors)
    match first["type"]:
        case "unexpected_keyword_argument":
            return Problem(
                path=path,
                message="unknown key",
                hint=for_key(path, keys_at(path[:-1], plain)),
            )
        case "missing":
            return Problem(path=path, message="missing", hint=f"{path[-1]!r} is required here")
        case "value_error":
            return _at_named_field(path, str(context["error"]), plain)
        case "unknown_member":
            return _unknown_member(path, first)
        case "greater_than_equal":
            message = f"must be at least {context['ge']}, got {shown(first['input'])}"
        case "less_than_equal":
            message = f"must be at most {context['le']}, got {shown(first['input'])}"
        case "too_short":
            message = f"must hold at least {context['min_length']}, got none"
        case "short_form":
            message = first["msg"]
        case kind if kind in (*_EXPECTED, *_WRONG_LENGTH, "literal_error"):
            return _mismatch(path, errors)
        case _:
            message = first["msg"]
    return Problem(path=path, message=message)


def _mismatch(path: Path, errors: list[_Error]) -> Problem:
    """Say what was expected: where a value may be of several kinds, all of them."""
    kinds = list(dict.fromkeys(_expected(error) for error in errors))
    if "a number" in kinds and "a whole number" in kinds:
        kinds.remove("a whole number")
    expected = " or ".join(filter(None, (", ".join(kinds[:-1]), kinds[-1])))
    value = errors[0]["input"]
    given = shown(value)
    if any(error["type"] in _WRONG_LENGTH for error in errors):
        given += f" of {len(value)}"
    return Problem(
        path=path,
        message=f"expected {expected}, got {given}",
        hint=_way_out(errors, value),
    )


def _way_out(errors: list[_Error], value: Any) -> str:
    """Return the way out; where several kinds are expected, only that of a number in quotes."""
    if len(errors) > 1:
        is_text = isinstance(value, str)
        errors = [error for error in errors if is_text and error["type"] in _NUMBERS][:1]
    return "".join(for_value(value, error["type"], error.get("ctx", {})) for error in errors)


def _expected(error: _Error) -> str:
    if error["type"] == "literal_error":
        return str(error["ctx"]["expected"])
    if error["type"] == UNKNOWN_MEMBER:
        return f"the name of one of the {_plural(error)}"
    if length := _WRONG_LENGTH.get(error["type"]):
        return f"a list of {error['ctx'][length]}"
    return _EXPECTED.get(error["type"], error["msg"])


def _unknown_member(path: Path, error: _Error) -> Problem:
    value = error["input"]
    family = family_called(error["ctx"]["family"])
    kind = family.__name__.lower()
    if isinstance(value, dict):
        if "type" not in value:
            hint = _like_type(value) or f"'type' says which {kind}; {for_member('', family)}"
            return Problem(path=(*path, "type"), message="missing", hint=hint)
        path, value = (*path, "type"), value["type"]
    if not isinstance(value, str):
        return Problem(
            path=path,
            message=f"expected the name of one of the {_plural(error)}, got {shown(value)}",
        )
    return Problem(
        path=path, message=f"there is no {kind} {shown(value)}", hint=for_member(value, family)
    )


def _like_type(value: dict[str, Any]) -> str:
    """Return the way out where a key of another name seems to hold the type."""
    for key in value:
        if OTHER_NAMES.get(key) == "type":
            return f"write 'type' instead of {key!r}, and the settings beside it"
        if key not in KERAS_KEYS and nearest(key, ["type"]):
            return f"did you mean 'type' by {key!r}?"
    return ""


def _plural(error: _Error) -> str:
    name = str(error["ctx"]["family"]).lower()
    return f"{name}es" if name.endswith("s") else f"{name}s"


def _at_named_field(path: Path, message: str, plain: dict[str, Any]) -> Problem:
    """Point at the key that the message begins with, as in "units must be at least 1, got 0"."""
    name, _, rest = message.partition(" ")
    if name in keys_at(path, plain):
        return Problem(path=(*path, name), message=rest)
    return Problem(path=path, message=message)
