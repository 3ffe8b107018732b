"""One run in words: what it was given, how it ended, what it scored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from nncli.reporting.figures import duration
from nncli.reporting.results import SPLITS, score_table


def description(run: Mapping[str, Any]) -> str:
    """Return the text; `run` holds the record, with "results" and "files"."""
    return "\n".join(_lines(run))


def _lines(run: Mapping[str, Any]) -> Iterator[str]:
    yield f"run {run['run']}: {run['status']}{_ended(run)}"
    if run.get("stopped"):
        yield f"ended early: {run['stopped']}"
    if run.get("error"):
        yield f"error: {run['error']}"
    for name in ("command", "seed", "started", "replicas"):
        if run.get(name) is not None:
            yield f"{name}: {run[name]}"
    for table in run.get("data") or ():
        yield f"data: {table.get('path')}, {table.get('rows'):,} rows"
    if run.get("rows"):
        yield f"rows: {', '.join(f'{count:,} {name}' for name, count in run['rows'].items())}"
    results = run["results"]
    if results:
        columns = {split: results[split] for split in SPLITS if results.get(split)}
        yield f"\n{score_table(columns)}\n"
        yield f"scored with the {results['weights']} weights, of epoch {results['weights_epoch']}"
    yield f"files: {', '.join(run['files'])}"


def _ended(run: Mapping[str, Any]) -> str:
    if run.get("epochs") is None:
        return ""
    best = f", the best was epoch {run['best_epoch']}" if run.get("best_epoch") else ""
    took = f" in {duration(run['seconds'])}" if run.get("seconds") is not None else ""
    return f" after {run['epochs']} epoch{'s' * (run['epochs'] != 1)}{took}{best}"
