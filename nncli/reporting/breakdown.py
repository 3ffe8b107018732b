"""Scores taken apart: class by class, threshold by threshold, or by how far off the errors are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from nncli.engine.types import Array
from nncli.reporting.figures import alike, table
from nncli.reporting.scores import confusion_counts

THRESHOLDS = tuple(tenth / 10 for tenth in range(1, 10))
SHARES = (0.5, 0.75, 0.9, 0.95, 1.0)
"""Of the rows whose errors are at most so large."""

Breakdown = Mapping[str, list[dict[str, Any]]]
"""Tables by title, each a list of rows."""


def of_classes(labels: Sequence[str], y_true: Array, y_pred: Array) -> list[dict[str, Any]]:
    """Return precision, recall and F1 of every class, as scikit-learn's classification_report.

    What would divide by nothing is 0.

    Args:
        labels: the names of the classes.
        y_true: the number of each row's class, (rows,).
        y_pred: likewise.
    """
    counts = confusion_counts(y_true, y_pred, len(labels))
    found = zip(
        labels,
        counts.diagonal().tolist(),
        counts.sum(axis=1).tolist(),
        counts.sum(axis=0).tolist(),
        strict=True,
    )
    return [
        {"class": label, **_rates(hits, true, predicted), "rows": true}
        for label, hits, true, predicted in found
    ]


def of_thresholds(is_positive: Array, scores: Array) -> list[dict[str, Any]]:
    """Return for each threshold what would be found: a row is positive that scores above it."""
    rows = []
    for threshold in THRESHOLDS:
        chosen = scores > threshold
        positive = int(np.count_nonzero(chosen))
        hits = int(np.count_nonzero(chosen & is_positive))
        rates = _rates(hits, int(np.count_nonzero(is_positive)), positive)
        rows.append({"threshold": threshold, **rates, "positive": positive})
    return rows


def of_errors(names: Sequence[str], y_true: Array, y_pred: Array) -> list[dict[str, Any]]:
    """Return for each target, (rows, targets), how large the errors of most rows are at most."""
    errors = np.abs(np.asarray(y_true, np.float64) - y_pred)
    titles = [f"{share:.0%}" for share in SHARES]
    return [
        {"target": name, **dict(zip(titles, sizes.tolist(), strict=True))}
        for name, sizes in zip(names, np.quantile(errors, SHARES, axis=0).T, strict=True)
    ]


def breakdown_text(breakdown: Breakdown) -> str:
    """Return the tables below each other, each under its title."""
    texts = []
    for title, rows in breakdown.items():
        values = [value for row in rows for value in row.values()]
        numbers = iter(alike([value for value in values if isinstance(value, float)]))
        cells = [
            [next(numbers) if isinstance(value, float) else str(value) for value in row.values()]
            for row in rows
        ]
        texts.append(f"{title}\n{table(list(rows[0]), cells)}")
    return "\n\n".join(texts)


def _rates(hits: int, true: int, predicted: int) -> dict[str, float]:
    precision, recall = _share(hits, predicted), _share(hits, true)
    f1 = _share(2 * hits, true + predicted)
    return {"precision": precision, "recall": recall, "f1": f1}


def _share(part: int, whole: int) -> float:
    return float(part / whole) if whole else 0.0
