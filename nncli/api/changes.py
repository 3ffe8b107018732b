"""What of a run's making is no longer as its record has it: settings, tables, versions, files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path as File
from typing import Any

from nncli.api.environment import environment
from nncli.config.loading import LoadedConfig
from nncli.config.places import dotted
from nncli.config.resolving import resolved
from nncli.data.section import DataSection
from nncli.data.sources.files import STANDARD_INPUT, beside, fingerprint
from nncli.data.sources.several import files_at
from nncli.errors import DataError, Path

_MAY_CHANGE = {("name",), ("epochs",), ("checkpoint", "every")}
"""Settings that change no number that is there already."""
_TABLES = {("data", "train"), ("data", "validation"), ("data", "test")}
"""Where these are files, they are compared by their contents."""
_DECIDE_NUMBERS = ("nncli", "numpy")
_LONGEST = 60


def changed_versions(record: Mapping[str, Any]) -> list[str]:
    """Return the programs of which another version runs now, as "numpy 2.0.1 -> 2.1.0"."""
    old, new = record.get("versions", {}), environment()["versions"]
    return [
        f"{name} {old.get(name)} -> {new[name]}"
        for name in _DECIDE_NUMBERS
        if old.get(name) != new[name]
    ]


def changed_settings(record: Mapping[str, Any], loaded: LoadedConfig) -> list[str]:
    """Return the settings that were others, as "optimizer.learning_rate 0.001 -> 0.01".

    What the record doesn't know came with a later version, and is left alone.
    """
    now = json.loads(json.dumps(resolved(loaded.config)))
    return [
        f"{dotted(path)} {_shown(old)} -> {_shown(new)}"
        for path, old, new in _differences(record.get("settings", {}), now, ())
        if path not in _MAY_CHANGE
        and not (path in _TABLES and isinstance(old, str) and isinstance(new, str))
    ]


def changed_tables(record: Mapping[str, Any], section: DataSection, directory: File) -> list[str]:
    """Return the tables that hold something else now.

    Raises:
        DataError: one is missing.
    """
    named = (section.train, section.validation, section.test)
    paths = [beside(directory, file) for file in named if isinstance(file, str)]
    return [f"the table {path}" for path in paths if not is_unchanged(path, record)]


def is_unchanged(path: File, record: Mapping[str, Any]) -> bool:
    """Whether a table is one of those in a run's record: by its place, or if it has moved, any.

    Raises:
        DataError: there is no such table.
    """
    if str(path) == STANDARD_INPUT:
        raise DataError(
            "the run was trained on standard input, which isn't kept; take a table of its own"
        )
    known = {file.get("path"): file.get("sha256") for file in record.get("data", [])}
    return all(
        fingerprint(file) in ({known.get(str(file.resolve()))} - {None} or set(known.values()))
        for file in files_at(path)
    )


def _differences(old: Any, new: Any, path: Path) -> Iterator[tuple[Path, Any, Any]]:
    """Yield every place where two trees of JSON values differ, and what is there."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in old:
            yield from _differences(old[key], new.get(key), (*path, key))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for number, pair in enumerate(zip(old, new, strict=True)):
            yield from _differences(*pair, (*path, number))
    elif old != new:
        yield path, old, new


def _shown(value: Any) -> str:
    text = json.dumps(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
