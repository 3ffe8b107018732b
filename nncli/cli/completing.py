"""What shells may offer on the command line: configs, runs, and paths of the config after --set.

Only the standard library is at work, and the schema that comes with the package.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

VARIABLE = "_NNCLI_COMPLETE"
"""The environment variable by which a shell asks for completions."""


def is_asked() -> bool:
    """Whether this process was started by a shell that wants to know what may follow."""
    return VARIABLE in os.environ


def configs(incomplete: str) -> list[str]:
    """Return config files, and folders that may hold some."""
    shown = incomplete.removeprefix("./")
    folder = Path(shown) if shown.endswith("/") else Path(shown).parent
    try:
        found = sorted(folder.iterdir())
    except OSError:
        return []
    names = [f"{path}/" if path.is_dir() else str(path) for path in found]
    return [n for n in names if n.startswith(shown) and n.endswith((".yaml", ".yml", "/"))]


def run_names(incomplete: str) -> list[str]:
    """Return the names of the runs in the default folder."""
    paths = Path("runs").glob("*/run.json")
    return sorted(path.parent.name for path in paths if path.parent.name.startswith(incomplete))


def configs_and_runs(incomplete: str) -> list[str]:
    """Return both."""
    return [*configs(incomplete), *run_names(incomplete)]


def set_paths(incomplete: str) -> list[str]:
    """Return the paths that a config may have, one step further than what is typed.

    Lists count from 0; behind a whole path stands the `=` of `--set path=value`.
    """
    from nncli.config.shipped import schema

    whole = schema()
    *above, last = incomplete.split(".")
    parts = [whole]
    for step in above:
        key = _ITEM if step.isdecimal() else step
        parts = [inner for part in parts for name, inner in _keys(part, whole) if name == key]
    before = "".join(f"{step}." for step in above)
    offered = set()
    for part in parts:
        for key, inner in _keys(part, whole):
            name = "0" if key == _ITEM else key
            if any(True for _ in _keys(inner, whole)):
                offered.add(f"{before}{name}.")
            if not _is_list_or_object(inner):
                offered.add(f"{before}{name}=")
    return sorted(path for path in offered if path.startswith(f"{before}{last}"))


_ITEM = "[]"


def _is_list_or_object(part: dict[str, Any]) -> bool:
    return part.get("type") in ("array", "object")


def _keys(part: dict[str, Any], whole: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the keys that a part of the schema may have, with what stands behind them."""
    if "$ref" in part:
        yield from _keys(whole["$defs"][part["$ref"].rpartition("/")[2]], whole)
    for option in (*part.get("anyOf", ()), *part.get("allOf", ()), *part.get("oneOf", ())):
        yield from _keys(option.get("then", option), whole)
    if isinstance(part.get("items"), dict):
        yield _ITEM, part["items"]
    yield from part.get("properties", {}).items()
