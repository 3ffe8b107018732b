"""The texts at the end of commands: scores, best epochs, the first rows of predictions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from nncli.reporting.figures import number, short, table
from nncli.training.history import History

Scores = Mapping[str, float]
FIRST_ROWS = 5


def score_table(scores: Mapping[str, Scores]) -> str:
    """Return a table with a row for each metric and a column for each of `scores`, by title."""
    metrics = dict.fromkeys(name for column in scores.values() for name in column)
    return table(
        ["", *scores],
        [
            [metric, *(_cell(column.get(metric)) for column in scores.values())]
            for metric in metrics
        ],
    )


def best_epochs(history: History, directions: Mapping[str, Literal["up", "down"]]) -> Iterator[str]:
    """Yield "accuracy 0.81, first reached at epoch 17" for each column that has a best."""
    for column in history.columns:
        if column in directions and history.epochs:
            epoch, value = history.best(column, directions[column])
            yield f"{column} {short(value)}, first reached at epoch {epoch}"


def first_rows(header: Sequence[str], rows: Sequence[Sequence[str]], total: int) -> str:
    """Return the first rows of a table that has `total`, and how many more there are."""
    text = table(header, rows[:FIRST_ROWS])
    more = total - min(len(rows), FIRST_ROWS)
    return f"{text}\n... and {more:,} more" if more else text


def _cell(value: float | None) -> str:
    return "" if value is None else number(value)
