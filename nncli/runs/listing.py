"""Runs side by side: what each was given and what it came to, read from its plain files alone.

Nothing is kept beside the runs that could disagree with them. A run costs two small JSON files, so
that a thousand of them are read in a fraction of a second.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nncli.errors import RunError
from nncli.runs.epoch_log import last_row
from nncli.runs.folder import RunFolder
from nncli.runs.lock import is_trained
from nncli.runs.record import read_record
from nncli.runs.store import read_json

Value = str | int | float | bool | None

PREFIXES = {"train": "", "validation": "val_", "test": "test_"}
"""What a score's name begins with, by the rows it was taken on; Keras has no name for the last."""
FACTS = ("run", "status", "started", "seconds", "epochs", "best_epoch", "seed")

_CONDITION = re.compile(r"(.+?)(<=|>=|!=|=|<|>)(.*)", re.DOTALL)


@dataclass(frozen=True)
class Entry:
    """One run as a row: facts, scores ("val_loss") and settings ("optimizer.type") by name."""

    run: RunFolder
    facts: dict[str, Value]
    scores: dict[str, Value]
    settings: dict[str, Value]
    directions: dict[str, str]
    """Of each score, whether more ("up") or less ("down") is better."""

    @property
    def values(self) -> dict[str, Value]:
        """All of it; a fact stands before a setting of its name."""
        return {**self.settings, **self.scores, **self.facts}


def read_entries(runs_dir: Path) -> list[Entry]:
    """Return the runs of a folder, by name; what is no run, or a damaged one, is passed over."""
    entries = []
    for path in sorted(runs_dir.glob("*/run.json")):
        with suppress(RunError):
            entries.append(read_entry(RunFolder(path.parent)))
    return entries


def read_entry(run: RunFolder) -> Entry:
    """Return what a run's files say.

    Raises:
        RunError: its record is missing or damaged.
    """
    record = read_record(run.record)
    facts = {"run": run.name, **{name: record.get(name) for name in FACTS[1:]}}
    if facts["status"] == "running" and not is_trained(run):
        facts["status"] = "killed"
    scores = _scores(run)
    if facts["epochs"] is None:
        facts["epochs"] = scores.pop("epoch", 0)
    scores.pop("epoch", None)
    directions = record.get("directions")
    return Entry(
        run,
        facts,
        scores,
        flatten(record.get("settings") or {}),
        directions if isinstance(directions, dict) else {},
    )


def flatten(values: Any) -> dict[str, Value]:
    """Return nested values by dotted paths: `layers.0.units`."""
    found: dict[str, Value] = {}
    _add_flat(found, "", values)
    return found


def _add_flat(found: dict[str, Value], path: str, values: Any) -> None:
    if isinstance(values, dict):
        items: Iterable[tuple[Any, Any]] = values.items()
    elif isinstance(values, list) and any(isinstance(item, dict) for item in values):
        items = enumerate(values)
    else:
        found[path] = ", ".join(map(str, values)) if isinstance(values, list) else values
        return
    for key, item in items:
        name = f"{path}.{key}" if path else str(key)
        if isinstance(item, dict | list):
            _add_flat(found, name, item)
        else:
            found[name] = item  # not by itself, since most are such


def matching(entries: Sequence[Entry], conditions: Iterable[str]) -> list[Entry]:
    """Return the runs that meet every condition, as "optimizer.type=adam" or "val_loss<0.3".

    Raises:
        RunError: a condition can't be read, or names what no run has.
    """
    chosen = list(entries)
    for condition in conditions:
        match = _CONDITION.fullmatch(condition)
        if match is None:
            raise RunError(
                f"--where {condition} isn't a condition; write it as optimizer.type=adam or "
                "val_loss<0.3"
            )
        name, sign, wanted = (part.strip() for part in match.groups())
        _check_known(name, entries)
        chosen = [entry for entry in chosen if _holds(entry.values.get(name), sign, wanted)]
    return chosen


def ordered(entries: Sequence[Entry], name: str, *, reverse: bool = False) -> list[Entry]:
    """Return the runs by one value: scores from the best on, all else ascending; gaps come last.

    Raises:
        RunError: no run has such a value.
    """
    _check_known(name, entries)
    known = [entry for entry in entries if entry.values.get(name) is not None]
    rest = [entry for entry in entries if entry.values.get(name) is None]
    ways = {entry.directions.get(name.removeprefix("test_")) for entry in known}
    known.sort(key=lambda entry: _rank(entry.values[name]), reverse=(ways == {"up"}) != reverse)
    return [*known, *rest]


def changed(entries: Sequence[Entry]) -> list[str]:
    """Return the settings that are not the same in all runs."""
    names = dict.fromkeys(name for entry in entries for name in entry.settings)
    return [
        name
        for name in names
        if name != "name" and len({repr(entry.settings.get(name)) for entry in entries}) > 1
    ]


def score_names(entries: Sequence[Entry]) -> list[str]:
    """Return the names of all scores: training's first, then those of held-out rows."""
    names = dict.fromkeys(name for entry in entries for name in entry.scores)
    return sorted(names, key=lambda name: name.startswith("val_") + 2 * name.startswith("test_"))


def _scores(run: RunFolder) -> dict[str, Value]:
    """Return the scores of results.json; of a run without, those of its last epoch."""
    try:
        results = read_json(run.results)
    except RunError:
        return dict(last_row(run.metrics))
    return {
        prefix + name: value
        for split, prefix in PREFIXES.items()
        for name, value in (results.get(split) or {}).items()
    }


def _holds(value: Value, sign: str, wanted: str) -> bool:
    if sign in ("=", "!="):
        return _same(value, wanted) is (sign == "=")
    try:
        number, bound = float(str(value)), float(wanted)
    except ValueError:
        return False
    less, equal = number < bound, number == bound
    return {"<": less, "<=": less or equal, ">": number > bound, ">=": not less}[sign]


def _same(value: Value, wanted: str) -> bool:
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value] == wanted.lower()
    try:
        return float(value) == float(wanted)
    except ValueError:
        return str(value) == wanted


def _rank(value: Value) -> tuple[bool, float, str]:
    """Return what sorts numbers before text, and NaN last of them."""
    if isinstance(value, int | float):
        return False, float("inf") if value != value else float(value), ""
    return True, 0.0, str(value)


def _check_known(name: str, entries: Sequence[Entry]) -> None:
    known = dict.fromkeys(name for entry in entries for name in entry.values)
    if name not in known and entries:
        near = difflib.get_close_matches(name, known, 3)
        way_out = (
            f"did you mean {' or '.join(near)}?" if near else "see `nncli runs show RUN --json`"
        )
        raise RunError(f"no run has a value {name!r}; {way_out}")
