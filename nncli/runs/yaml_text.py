"""A config as YAML that reads well: sections in blocks, each layer on one line where it fits.

Plain scalars are chosen so that readers of YAML 1.1 and of YAML 1.2 read the same values.
"""

from __future__ import annotations

import io
import re
from fractions import Fraction
from typing import Any

import yaml

WIDTH = 100
"""Columns that a line may take."""

INDENT = 2


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    # Unicode's own line breaks come back as spaces unless they are escaped
    style = '"' if any(character in text for character in "\x85\u2028\u2029") else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _represent_fraction(dumper: yaml.SafeDumper, value: Fraction) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:float", str(value))


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(Fraction, _represent_fraction)
# A text such as "1e-3" or "0o7" is a number to YAML 1.2, and "1/255" to nncli: they are quoted.
_Dumper.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$|^0o[0-7]+$|^\d+/\d+$"),
    list("-+.0123456789"),
)


def to_yaml(content: dict[str, Any]) -> str:
    """Return plain values (dicts, lists, tuples, scalars) as YAML, the keys in their order.

    A Fraction is written as 1/255, which nncli's configs may hold.
    """
    text = io.StringIO()
    dumper = _Dumper(text, width=WIDTH, allow_unicode=True, sort_keys=False)
    document = dumper.represent_data(content)
    _lay_out(document, depth=0)
    dumper.open()
    dumper.serialize(document)
    dumper.close()
    return text.getvalue()


def _lay_out(node: yaml.Node, depth: int) -> None:
    """Choose block or flow style: blocks down to a section's own values, then lines that fit."""
    if not isinstance(node, yaml.CollectionNode):
        return
    children = _children(node)
    fits = depth > 1 and INDENT * depth + _width(node) <= WIDTH
    is_list = isinstance(node, yaml.SequenceNode)
    of_scalars = all(isinstance(child, yaml.ScalarNode) for child in children)
    node.flow_style = fits or not children or (is_list and of_scalars)
    if not node.flow_style:
        for child in children:
            _lay_out(child, depth + 1)


def _children(node: yaml.CollectionNode) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [value for _, value in node.value]
    return list(node.value)


def _width(node: yaml.Node) -> int:
    """Return about how many columns the node takes on one line, commas and quotes included."""
    if not isinstance(node, yaml.CollectionNode):
        return len(node.value) + 3
    keys = node.value if isinstance(node, yaml.MappingNode) else ()
    return 2 + sum(len(key.value) + 2 for key, _ in keys) + sum(map(_width, _children(node)))
