"""What `nncli runs` does with run folders: list, compare, describe, remove."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import sleep
from typing import Any

from nncli.errors import RunError, TrainingError
from nncli.runs.epoch_log import read_epochs
from nncli.runs.folder import RunFolder, find
from nncli.runs.listing import (
    FACTS,
    Entry,
    changed,
    matching,
    ordered,
    read_entries,
    read_entry,
    score_names,
)
from nncli.runs.lock import is_trained
from nncli.runs.record import read_record
from nncli.runs.store import read_json

_LOOKS_EVERY = 0.2
"""Seconds between two looks at a run that is followed."""
_LOOKS_IDLE = 3
"""So many looks find nobody training before a run counts as killed: it may be about to begin, or
have ended between the look at its record and that at its lock."""


@dataclass(frozen=True)
class Listing:
    """A table of runs: its columns by name, and a row a run."""

    columns: list[str]
    rows: list[dict[str, Any]]


def list_runs(
    runs_dir: Path,
    *,
    where: Sequence[str] = (),
    sort_by: str | None = None,
    reverse: bool = False,
    columns: Sequence[str] = (),
    only_changed: bool = False,
) -> Listing:
    """Return the runs that meet the conditions, newest last unless sorted otherwise.

    Arguments:
        runs_dir: the folder of runs.
        where: conditions, as "optimizer.type=adam".
        sort_by: a score (best first), setting or fact.
        reverse: turn the order round.
        columns: further values to show.
        only_changed: show the settings in which the runs differ, too.

    Raises:
        RunError: the folder isn't there, or a name is none that a run has.
    """
    if not runs_dir.is_dir():
        raise RunError(f"there is no folder {runs_dir}; name the folder of runs with --runs-dir")
    everything = read_entries(runs_dir)
    entries = ordered(matching(everything, where), sort_by or "started", reverse=reverse)
    extra = [*columns, *(changed(entries) if only_changed else ()), *([sort_by] if sort_by else ())]
    shown = [name for name in FACTS if name != "seed"] + _held_out(entries) + extra
    return _listing(entries, list(dict.fromkeys(shown)))


def compare_runs(runs: Sequence[str], runs_dir: Path, *, everything: bool = False) -> Listing:
    """Return facts, scores and settings as rows and the runs as columns; settings only if unlike.

    Raises:
        RunError: there is no such run.
    """
    entries = [read_entry(find(run, runs_dir)) for run in dict.fromkeys(runs)]
    settings = dict.fromkeys(name for entry in entries for name in entry.settings)
    names = [*FACTS[1:], *score_names(entries), *(settings if everything else changed(entries))]
    titles = titles_of([entry.run for entry in entries])
    rows = [
        {"": name} | {t: entry.values.get(name) for t, entry in zip(titles, entries, strict=True)}
        for name in dict.fromkeys(names)
    ]
    return Listing(["", *titles], rows)


def titles_of(runs: Sequence[RunFolder]) -> list[str]:
    """Return what to call runs side by side: their names, or if some share one, their paths."""
    names = [run.name for run in runs]
    return names if len(set(names)) == len(names) else [str(run.path) for run in runs]


def describe_run(run: RunFolder) -> dict[str, Any]:
    """Return all that a run's record and results say, and which files it has."""
    files = sorted(
        str(path.relative_to(run.path)) for path in run.path.rglob("*") if path.is_file()
    )
    results = read_json(run.results) if run.results.exists() else None
    return {"run": str(run.path), **read_record(run.record), "results": results, "files": files}


def follow(run: RunFolder) -> Iterator[dict[str, float]]:
    """Yield the epochs of a run, those done and those to come, until it has ended.

    Raises:
        TrainingError: nobody trains it any more, though it has not ended.
    """
    seen, looks_idle = 0, 0
    while looks_idle < _LOOKS_IDLE:
        running = read_record(run.record)["status"] == "running"
        looks_idle = 0 if is_trained(run) else looks_idle + 1
        columns, rows = read_epochs(run.metrics) if run.metrics.exists() else ([], {})
        for epoch, values in list(rows.items())[seen:]:
            yield {"epoch": epoch, **dict(zip(columns, values, strict=True))}
        seen = max(seen, len(rows))
        if not running:
            return
        sleep(_LOOKS_EVERY)
    raise TrainingError(
        f"the run {run.path} was killed: no process trains it any more; go on with it by "
        f"`nncli train --resume {run.path}`"
    )


def removable(runs: Sequence[str], runs_dir: Path) -> list[RunFolder]:
    """Return the runs of these names, checked to be folders that may go.

    Raises:
        RunError: one isn't a run, is a link to one, or is training.
    """
    found = {folder.path: folder for folder in (find(run, runs_dir) for run in runs)}
    for path in found:
        if path.is_symlink():
            raise RunError(f"{path} is a link to a folder elsewhere; remove the link yourself")
    for run in found.values():
        if is_trained(run):
            raise RunError(f"the run {run.path} is being trained; end that first, as by Ctrl-C")
    return list(found.values())


def remove(run: RunFolder) -> None:
    """Remove a run's folder with all that is in it; links in it go, what they point at stays.

    Raises:
        RunError: the operating system refuses.
    """
    try:
        shutil.rmtree(run.path)
    except OSError as error:
        raise RunError(f"can't remove {run.path}: {error.strerror or error}") from error


def _held_out(entries: Sequence[Entry]) -> list[str]:
    """Return the scores on rows that weren't trained on; where there are none, training's."""
    names = score_names(entries)
    return [name for name in names if name.startswith(("val_", "test_"))] or names


def _listing(entries: Sequence[Entry], columns: list[str]) -> Listing:
    return Listing(columns, [entry.values for entry in entries])
