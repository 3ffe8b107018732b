"""The texts at the end of commands: scores beside the baseline's, and the best epochs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from nncli.reporting.breakdown import Breakdown, breakdown_text
from nncli.reporting.figures import duration, number, short, table
from nncli.training.history import History

Scores = Mapping[str, float]
SPLITS = ("train", "validation", "test")


def training_report(
    *,
    run: Path,
    seed: int | None,
    seconds: float,
    stop_reason: str | None,
    results: Mapping[str, Any],
    history: History,
    monitor: str,
    directions: Mapping[str, str],
    way_out: str = "",
) -> str:
    """Return what a training has come to; the arguments are what they are called, but for these.

    Arguments:
        results: what results.json holds.
        way_out: what to try where these are worse than the baseline.
    """
    epochs = f"{history.epochs} epoch{'s' * (history.epochs != 1)}"
    ended = f"; ended early: {stop_reason}" if stop_reason else ""
    columns = {split: results[split] for split in SPLITS if split in results}
    held_out = list(columns)[-1]
    columns["baseline"] = results["baseline"][held_out]
    return "\n".join(
        [
            f"trained {epochs} in {duration(seconds)}, seed {seed}{ended}",
            "",
            score_table(columns),
            "",
            f"scored with {_weights(results, monitor, directions)}",
            "baseline: always the training rows' mean or most frequent class, "
            f"on the {held_out} rows",
            *([f"worse than the baseline: {way_out}"] if way_out else []),
            "",
            *best_epochs(history, directions),
            "",
            f"run folder: {run}",
        ]
    )


def evaluation_report(
    *,
    run: Path,
    weights: str,
    rows: str,
    count: int,
    columns: Mapping[str, Scores],
    breakdown: Breakdown,
    written: Path,
) -> str:
    """Return what an evaluation has found."""
    which = f"{rows} rows" if rows in SPLITS else f"rows of {rows}"
    return "\n".join(
        [
            f"run {run}, {weights} weights, {count:,} {which}",
            "",
            score_table(columns),
            "",
            *([breakdown_text(breakdown), ""] if breakdown else []),
            f"written to {written}",
        ]
    )


def score_table(columns: Mapping[str, Scores]) -> str:
    """Return a table with a row for each metric and a column for each of `columns`, by title."""
    metrics = dict.fromkeys(name for scores in columns.values() for name in scores)
    return table(
        ["", *columns],
        [
            [metric, *(_cell(scores.get(metric)) for scores in columns.values())]
            for metric in metrics
        ],
    )


def best_epochs(history: History, directions: Mapping[str, str]) -> Iterator[str]:
    """Yield "accuracy 0.81, first reached at epoch 17" for each column that has a best."""
    for column in history.columns:
        if column in directions and history.epochs:
            epoch, value = history.best(column, "up" if directions[column] == "up" else "down")
            yield f"{column} {short(value)}, first reached at epoch {epoch}"


def _weights(results: Mapping[str, Any], monitor: str, directions: Mapping[str, str]) -> str:
    if results["weights"] == "last":
        return f"the last weights, of epoch {results['weights_epoch']}"
    epoch, extreme = results["best_epoch"], "highest" if directions[monitor] == "up" else "lowest"
    return f"the best weights, of epoch {epoch}, where {monitor} is {extreme}"


def _cell(value: float | None) -> str:
    return "" if value is None else number(value)
