"""A config as YAML with comments, each beside its key where it fits, else above it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import wrap
from typing import Any

import yaml

from nncli.runs.yaml_text import WIDTH, to_yaml

Path = tuple[str | int, ...]

_COLUMN = 46
"""Where comments beside their keys begin, as long as they fit."""


def commented_yaml(content: dict[str, Any], comments: Mapping[Path, str]) -> str:
    """Return plain values as YAML with the comments of their keys and items.

    Arguments:
        content: see to_yaml.
        comments: by path; those of () come first. Lines of their own stay apart.
    """
    lines = to_yaml(content).splitlines()
    where = dict(_lines(yaml.compose("\n".join(lines)), ()))
    said = {where[path]: text for path, text in comments.items() if path and path in where}
    result = [*_block(comments.get((), ""), 0)]
    for number, line in enumerate(lines):
        text = said.get(number, "")
        if text and _fits(line, text):
            result.append(f"{line:<{_COLUMN}}  # {text}")
        else:
            result += [*_block(text, len(line) - len(line.lstrip())), line]
    return "\n".join([*result, ""])


def _lines(node: yaml.Node | None, path: Path) -> Iterator[tuple[Path, int]]:
    """Yield the line, from 0, on which each key or item begins."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield (*path, key.value), key.start_mark.line
            yield from _lines(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for position, item in enumerate(node.value):
            yield (*path, position), item.start_mark.line
            yield from _lines(item, (*path, position))


def _fits(line: str, text: str) -> bool:
    return "\n" not in text and max(len(line), _COLUMN) + 4 + len(text) <= WIDTH


def _block(text: str, indent: int) -> Iterator[str]:
    for paragraph in text.splitlines():
        for line in wrap(paragraph, WIDTH - indent - 2, subsequent_indent="  "):
            yield f"{' ' * indent}# {line}"
