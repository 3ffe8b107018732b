"""Writes docs/cli.md, docs/config.md and the config's JSON Schema from commands and classes.

Run as `python -m docs.generate`; tests/test_docs.py says when that was forgotten.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import MISSING, Field, dataclass, fields
from enum import StrEnum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import typer
import yaml

from docs.json_schema import SCHEMA, json_schema
from docs.sources import descriptions, example
from nncli.cli.app import app
from nncli.config.schema import Config
from nncli.data.section import DataSection
from nncli.engine.component import Component
from nncli.training.cadence import Cadence
from tests.golden.optimizer_cases import SCHEDULES

FOLDER = Path(__file__).parent
HEADINGS = {
    "Layer": "Layers",
    "Loss": "Losses",
    "Optimizer": "Optimizers",
    "Metric": "Metrics",
    "Callback": "Callbacks",
    "Schedule": "Schedules",
    "Activation": "Activations",
    "Initializer": "Initializers",
    "Regularizer": "Regularizers",
    "Constraint": "Constraints",
    "Kind": "Columns",
}
"""The families in the order in which a reader meets them."""
WORDS = {
    int: "integer",
    float: "number",
    str: "text",
    bool: "boolean",
    DataSection: "[data](#data)",
    Cadence: "[checkpoint](#checkpoint)",
}


def main() -> None:
    """Write the pages."""
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    SCHEMA.write_text(json_schema(), encoding="utf-8")


def pages() -> dict[str, str]:
    """Return every generated page by its file's name."""
    return {"cli.md": "\n".join(_cli()), "config.md": "\n".join(_config())}


def _cli() -> Iterator[str]:
    yield "# Commands\n"
    for title, command in _commands(app, "nncli"):
        parameters = [
            _Parameter.of(command, name) for name in inspect.signature(command).parameters
        ]
        arguments = [parameter.spelling for parameter in parameters if parameter.is_argument]
        yield f"## {title}\n"
        yield f"    {' '.join([title, *arguments])} [options]\n"
        yield from _help(command.__doc__ or "")
        rows = [(f"`{p.spelling}`", p.help, p.default) for p in parameters]
        yield from _table(("", "", "default"), rows)


def _commands(group: typer.Typer, path: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield every command with the words that call it: "nncli runs list"."""
    for info in group.registered_commands:
        assert info.callback is not None
        yield f"{path} {info.name or info.callback.__name__}", info.callback
    for inner in group.registered_groups:
        assert inner.typer_instance is not None
        yield from _commands(inner.typer_instance, f"{path} {inner.typer_instance.info.name}")


@dataclass(frozen=True)
class _Parameter:
    """What a command's signature says of an argument or a flag."""

    is_argument: bool
    spelling: str
    help: str
    default: str

    @classmethod
    def of(cls, command: Callable[..., Any], name: str) -> _Parameter:
        kind, info = get_args(get_type_hints(command, include_extras=True)[name])
        default = inspect.signature(command).parameters[name].default
        is_argument = isinstance(info, typer.models.ArgumentInfo)
        # typer takes the first flag for a default until it has seen all of the signature
        flags = [flag for flag in (info.default, *(info.param_decls or ())) if flag is not ...]
        spelling = ", ".join(flags or [f"--{name.replace('_', '-')}"])
        if is_argument:
            spelling = info.metavar if default is inspect.Parameter.empty else f"[{info.metavar}]"
        elif kind is not bool:
            (kind, *_) = get_args(kind) or (kind,)
            choices = "|".join(kind) if issubclass(kind, StrEnum) else ""
            spelling += " " + (info.metavar or choices or name.removesuffix("_dir").upper())
        has_default = default not in (None, False, inspect.Parameter.empty)
        return cls(is_argument, spelling, info.help, f"`{default}`" if has_default else "")


def _help(text: str) -> Iterator[str]:
    """Yield a command's help; what stands behind `\\b` are examples."""
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        examples = paragraph.removeprefix("\b\n")
        yield f"{paragraph}\n" if examples == paragraph else f"```sh\n{examples}\n```\n"


def _config() -> Iterator[str]:
    yield "# The config\n"
    yield (
        "One YAML file describes a run. `nncli train` checks all of it before it starts: a key "
        "that isn't listed here is an error, as is a value of the wrong type.\n"
    )
    yield from _fields_table(Config)
    yield (
        "Layers, losses and their kin are chosen by `type`, as in `{type: sgd, momentum: 0.9}`; "
        "where it needs no more, the bare name will do: `adam` stands for `{type: adam}`. "
        "Each is what Keras calls by that name, with Keras's defaults.\n"
    )
    for key, section in (("data", DataSection), ("checkpoint", Cadence)):
        yield f"## {key}\n"
        yield f"{inspect.cleandoc(section.__doc__ or '')}\n"
        yield from _fields_table(section)
    families = {family.__name__: family for family in Component.__subclasses__()}
    for name in sorted(families, key=list(HEADINGS).index):
        yield from _family(HEADINGS[name], families[name])


def _family(heading: str, family: type[Any]) -> Iterator[str]:
    yield f"## {heading}\n"
    members = {name: family.members[name] for name in sorted(family.members)}
    yield ", ".join(f"`{name}`" for name in members) + "\n"
    shared = {field.name for field in fields(family)}
    if shared:
        yield f"All {heading.lower()} take:\n"
        yield from _fields_table(family)
    for name, member in members.items():
        yield f"### {name}\n"
        yield f"{inspect.cleandoc(member.__doc__ or '')}\n"
        yield from _fields_table(member, without={"type", *shared})
        if any(_is_required(field) for field in fields(member)):
            yield f"```yaml\n{_flow_example(name)}\n```\n"


def _fields_table(cls: type[Any], without: Container[str] = ()) -> list[str]:
    hints, texts = get_type_hints(cls), descriptions(cls)
    rows = [
        (f"`{field.name}`", _either(hints[field.name]), _default(field), texts[field.name])
        for field in fields(cls)
        if field.name not in without
    ]
    return _table(("key", "value", "default", ""), rows)


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[str]:
    if not rows:
        return []
    lines = [[cell.replace("|", "\\|") for cell in row] for row in (head, *rows)]
    lines.insert(1, ["---"] * len(head))
    return [*(f"| {' | '.join(line)} |" for line in lines), ""]


def _either(hint: Any) -> str:
    """Return what a value may be: "text, integer or number"."""
    *others, last = _words(hint)
    return f"{', '.join(others)} or {last}" if others else last


def _words(hint: Any) -> Iterator[str]:
    """Yield what a value of this type may be, in words."""
    arguments = get_args(hint)
    if get_origin(hint) in (UnionType, Union):
        for option in arguments:
            yield from _words(option)
    elif get_origin(hint) is Literal:
        yield from (f"`{value}`" for value in arguments)
    elif get_origin(hint) is tuple and Ellipsis in arguments:
        item = _either(arguments[0])
        yield f"list of ({item})" if " or " in item else f"list of {item}"
    elif get_origin(hint) is tuple:
        yield f"[{', '.join(map(_either, arguments))}]"
    elif get_origin(hint) is dict:
        yield f"map from names to ({_either(arguments[1])})"
    elif hint.__name__ in HEADINGS:
        yield f"[{hint.__name__.lower()}](#{HEADINGS[hint.__name__].lower()})"
    elif hint is not NoneType:
        yield WORDS[hint]


def _is_required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _default(field: Field[Any]) -> str:
    if _is_required(field):
        return "**required**"
    value = field.default if field.default_factory is MISSING else field.default_factory()
    return _written(value)


def _written(value: Any) -> str:
    """Return a default as a config would have it; None isn't written at all."""
    match value:
        case None:
            return ""
        case Component():
            return f"`{value.type}`"
        case bool():
            return f"`{str(value).lower()}`"
        case tuple():
            return f"`{list(value)}`"
        case Cadence():
            return f"`{{every: {value.every}}}`"
        case _:
            return f"`{value}`"


def _flow_example(name: str) -> str:
    plain = example(name)
    return f"- {_flow(plain)}" if name not in SCHEDULES else _flow(plain)


def _flow(plain: dict[str, Any]) -> str:
    text: str = yaml.safe_dump(plain, default_flow_style=True, sort_keys=False, width=1000)
    return text.strip()


if __name__ == "__main__":
    main()
