"""The config's JSON Schema (2020-12), by which editors complete and check, from its dataclasses.

It ships as nncli/config/schema.json, which `nncli schema` prints and completion reads.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import nncli.config.schema
from docs.sources import descriptions, example
from nncli.config.schema import Config
from nncli.engine.component import Component
from tests.golden.cases import LAYERS

SCHEMA = Path(nncli.config.schema.__file__).with_suffix(".json")
Schema = dict[str, Any]

_SIMPLE: dict[Any, Schema] = {
    NoneType: {"type": "null"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    str: {"type": "string"},
    # 1/255 is a number to nncli, and a text to other readers of YAML
    float: {"type": ["number", "string"], "pattern": "^[0-9]+/[1-9][0-9]*$"},
}
_BOUNDS = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}


def json_schema() -> str:
    """Return the schema as it stands in the file."""
    families = sorted(Component.__subclasses__(), key=lambda family: family.__name__)
    definitions = dict(entry for family in families for entry in _family(family))
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "nncli config",
        **_object(Config),
        "$defs": definitions,
    }
    return _in_lines(whole) + "\n"


def _in_lines(whole: Schema) -> str:
    """Return JSON with a line for each key of the config and for each definition."""
    lines = []
    for key, value in whole.items():
        text = json.dumps(value)
        if key in ("properties", "$defs"):
            inner = (f"  {json.dumps(name)}: {json.dumps(part)}" for name, part in value.items())
            text = "{\n" + ",\n".join(inner) + "\n }"
        lines.append(f" {json.dumps(key)}: {text}")
    return "{\n" + ",\n".join(lines) + "\n}"


def _family(family: type[Component]) -> Iterator[tuple[str, Schema]]:
    """Yield the definitions of a family, by its name, and of its members."""
    members = {name: family.members[name] for name in sorted(family.members)}
    alone = [name for name, member in members.items() if not any(map(_is_required, fields(member)))]
    references = [{"$ref": f"#/$defs/{family.__name__}.{name}"} for name in members]
    # The tag decides which member's rules hold: that keeps an editor's complaints to the point.
    choices = [
        {"if": {"properties": {"type": {"const": name}}, "required": ["type"]}, "then": reference}
        for name, reference in zip(members, references, strict=True)
    ]
    yield family.__name__, {
        "anyOf": [
            {"enum": alone},
            {"type": "object", "properties": {"type": {"enum": list(members)}},
             "required": ["type"], "allOf": choices},
        ]
    }  # fmt: skip
    for name, member in members.items():
        yield f"{family.__name__}.{name}", _member(name, member)


def _member(name: str, member: type[Component]) -> Schema:
    schema = _object(member)
    schema["properties"]["type"] = {"const": name, "description": schema["description"]}
    schema["required"] = ["type", *schema.get("required", ())]
    if name in LAYERS or any(_is_required(field) for field in fields(member)):
        schema["examples"] = [example(name)]
    return {"title": name, **schema}


def _object(cls: type[Any]) -> Schema:
    """Return the schema of a dataclass's mapping."""
    hints, texts = get_type_hints(cls, include_extras=True), descriptions(cls)
    properties = {}
    for field in fields(cls):
        schema = _value(hints[field.name])
        if field.name in texts:
            schema = {**schema, "description": texts[field.name]}
        if isinstance(field.default, bool | int | float | str):
            schema = {**schema, "default": field.default}
        properties[field.name] = schema
    required = [field.name for field in fields(cls) if _is_required(field)]
    return {
        "description": inspect.cleandoc(cls.__doc__ or ""),
        "type": "object",
        "properties": properties,
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def _value(hint: Any) -> Schema:
    """Return the schema of a type."""
    arguments = get_args(hint)
    if get_origin(hint) is Annotated:
        return _value(arguments[0]) | _bounds(arguments[1:])
    if get_origin(hint) in (UnionType, Union):
        return {"anyOf": [_value(option) for option in arguments]}
    if get_origin(hint) is Literal:
        return {"enum": list(arguments)}
    if get_origin(hint) is dict:
        return {"type": "object", "additionalProperties": _value(arguments[1])}
    if get_origin(hint) is tuple and Ellipsis in arguments:
        return {"type": "array", "items": _value(arguments[0])}
    if get_origin(hint) is tuple:
        each = [_value(option) for option in arguments]
        return {"type": "array", "prefixItems": each, "items": False, "minItems": len(each)}
    if isinstance(hint, type) and issubclass(hint, Component):
        return {"$ref": f"#/$defs/{hint.__name__}"}
    return _object(hint) if is_dataclass(hint) else _SIMPLE[hint]


def _bounds(infos: tuple[Any, ...]) -> Schema:
    """Return what pydantic's Field says of a value."""
    bounds: Schema = {}
    for bound in (part for info in infos for part in getattr(info, "metadata", ())):
        words = {key: word for key, word in _BOUNDS.items() if hasattr(bound, key)}
        bounds |= {word: getattr(bound, key) for key, word in words.items()}
        if hasattr(bound, "min_length"):
            bounds["minItems"] = bound.min_length
    return bounds


def _is_required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING
