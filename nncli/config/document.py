"""Reads YAML into plain values and the place of each: safely, and without YAML's traps.

The text is composed to nodes and those are walked here; no constructor of PyYAML ever runs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from nncli.config.places import LocatedConfigError, Place, Places
from nncli.config.scalars import resolve
from nncli.config.syntax import explain
from nncli.errors import Path, Problem

DEEPEST = 40
_MOST_REPAIRS = 20
MOST_VALUES = 100_000
"""An alias may repeat what holds aliases itself, and so on: a few lines that stand for billions."""


@dataclass
class Document:
    """A config as written: plain values, their places, and what was wrong with the writing."""

    plain: Any
    places: Places
    problems: list[Problem] = field(default_factory=list)


def parse(text: str, source: str) -> Document:
    """Read a YAML text; `source` names it in messages.

    Raises:
        LocatedConfigError: it isn't YAML, or more than a config could ever need.
    """
    lines = text.splitlines()
    document = Document(None, {(): Place(source, 1, 1)})
    node, repairs = _compose(text, lines, source)
    if node is not None:
        try:
            document.plain = _Walk(document, source, lines).value(node, ())
        except RecursionError:  # of '<<', which takes in what itself is in, and gets no deeper
            raise _refusal("a mapping that takes in itself by '<<'", Place(source, 1, 1)) from None
    keys = {place: path for path, place in document.places.items()}
    for place, message in repairs:
        document.problems.append(Problem(path=keys.get(place, ()), message=message))
    return document


def _compose(
    text: str, lines: list[str], source: str
) -> tuple[Node | None, list[tuple[Place, str]]]:
    """Return the text's nodes, and where a space that lacks behind a colon was put there."""
    repairs: list[tuple[Place, str]] = []
    while True:
        try:
            return yaml.compose(text, Loader=_Loader), repairs
        except (yaml.MarkedYAMLError, yaml.reader.ReaderError) as error:
            fault = explain(error, text)
            line = lines[fault.line - 1] if fault.line <= len(lines) else ""
            place = Place(source, fault.line, fault.column, line)
        except RecursionError:
            raise _refusal(f"nested deeper than {DEEPEST} levels", Place(source, 1, 1)) from None
        if fault.repaired is None or len(repairs) == _MOST_REPAIRS:
            break
        text = fault.repaired
        repairs.append((place, fault.message))
    found = [*repairs, (place, fault.message)]
    raise LocatedConfigError((place, Problem(path=(), message=said)) for place, said in found)


class _Loader(yaml.SafeLoader):
    """Composes nodes without guessing types, and refuses tags, which ask for types."""

    yaml_implicit_resolvers = {}  # noqa: RUF012  (PyYAML's own class attribute)

    def compose_node(self, parent: Node | None, index: Any) -> Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if getattr(event, "tag", None) is not None:
            raise yaml.composer.ComposerError(problem="tag", problem_mark=event.start_mark)
        node: Node | None = super().compose_node(parent, index)
        return node


@dataclass
class _Walk:
    """Turns nodes into plain values, noting places and problems in the document."""

    document: Document
    source: str
    lines: list[str]
    values: int = 0

    def value(self, node: Node, path: Path) -> Any:
        self.values += 1
        if self.values > MOST_VALUES:
            raise _refusal(f"more than {MOST_VALUES:,} values, counting aliases", self.place(node))
        if len(path) > DEEPEST:
            raise _refusal(f"nested deeper than {DEEPEST} levels", self.place(node))
        if isinstance(node, MappingNode):
            return self.mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self.item(child, (*path, index)) for index, child in enumerate(node.value)]
        assert isinstance(node, ScalarNode)
        return self.scalar(node, path)

    def item(self, node: Node, path: Path) -> Any:
        self.document.places[path] = self.place(node)
        return self.value(node, path)

    def scalar(self, node: ScalarNode, path: Path) -> Any:
        if node.style is not None:  # quoted, or a block of text
            return node.value
        try:
            return resolve(node.value)
        except ValueError as error:
            self.complain(path, str(error))
            return None

    def mapping(self, node: MappingNode, path: Path) -> dict[str, Any]:
        merged: dict[str, Any] = {}
        own: dict[str, Any] = {}
        for key, value in node.value:
            if _is_merge(key):
                self.merge(value, path, merged)
        for key, value in node.value:
            if not _is_merge(key) and (name := self.key(key, value, path, own)) is not None:
                self.document.places[*path, name] = self.place(key)
                own[name] = self.value(value, (*path, name))
        return merged | own

    def merge(self, node: Node, path: Path, merged: dict[str, Any]) -> None:
        """Add what `<<: *anchor` or `<<: [*anchor, *anchor]` stands for; the first one wins."""
        for part in reversed(node.value) if isinstance(node, SequenceNode) else [node]:
            if isinstance(part, MappingNode):
                merged |= self.value(part, path)
            else:
                self.complain(path, "'<<' takes in a mapping, as in '<<: *anchor'")

    def key(self, key: Node, value: Node, path: Path, seen: dict[str, Any]) -> str | None:
        """Return the key's name, or None after noting why it can't be one.

        Numbers and booleans are names as they are written: columns and classes may be called so.
        """
        written = key.value if isinstance(key, ScalarNode) else "a list or mapping"
        before, colon, after = written.partition(":")
        if not isinstance(key, ScalarNode) or self.scalar(key, path) is None:
            self.refuse_key(key, (*path, written), "a key must be text; put it in quotes")
            return None
        if written in seen:
            first = self.document.places[*path, written]
            self.complain(
                (*path, written),
                f"set twice, the first time in line {first.line}, column {first.column}",
                "keep one of them",
            )
        elif colon and after and isinstance(value, ScalarNode) and value.value == "":
            message = f"a space is missing after the colon; write '{before}: {after}'"
            self.refuse_key(key, (*path, before), message)
            return None
        return written

    def refuse_key(self, key: Node, path: Path, message: str) -> None:
        self.document.places[path] = self.place(key)
        self.complain(path, message)

    def complain(self, path: Path, message: str, hint: str = "") -> None:
        self.document.problems.append(Problem(path=path, message=message, hint=hint))

    def place(self, node: Node) -> Place:
        start, end = node.start_mark, node.end_mark
        text = self.lines[start.line] if start.line < len(self.lines) else ""
        stop = end.column if end.line == start.line else len(text)
        return Place(
            self.source, start.line + 1, start.column + 1, text, max(1, stop - start.column)
        )


def _is_merge(key: Node) -> bool:
    return isinstance(key, ScalarNode) and key.style is None and key.value == "<<"


def _refusal(message: str, place: Place) -> LocatedConfigError:
    return LocatedConfigError([(place, Problem(path=(), message=message))])
