"""What the target holds, classes or values, as far as its cells show it."""

from __future__ import annotations

from typing import Literal

import numpy as np

from nncli.data.inference import MOST_CATEGORIES
from nncli.data.inspection.contents import Content
from nncli.data.naming import shown
from nncli.errors import DataError

Task = Literal["classes", "values"]

_MOST_NUMBERED = 10
"""More different numbers than these are amounts."""
_ROWS_A_CLASS = 5


def task_of(content: Content, label: str) -> Task:
    """Return whether a target column holds classes or values.

    Args:
        content: The column.
        label: What messages call the table.

    Raises:
        DataError: It holds neither, as free text does, or always the same.
    """
    name, distinct, rows = shown(content.name), content.distinct, int(content.present.sum())
    if distinct < 2:
        what = "is empty" if not rows else "holds the same in every row"
        raise DataError(f"{label}: the target column {name} {what}; there is nothing to learn")
    if content.values is not None:
        few = distinct <= _MOST_NUMBERED and distinct * _ROWS_A_CLASS <= rows
        return "classes" if distinct == 2 or (content.whole and few) else "values"
    if distinct > min(MOST_CATEGORIES, max(2, rows // 2)):
        raise DataError(
            f"{label}: the target column {name} holds {distinct} different texts in {rows} rows, "
            "too many for classes; is it the right column?"
        )
    return "classes"


def class_counts(content: Content) -> dict[str, int]:
    """Return how many rows each class has, the most frequent first."""
    if content.texts is not None:
        counts = content.texts.counts().tolist()
        found = {t: n for t, n in zip(content.texts.distinct, counts, strict=True) if t and n}
    else:
        assert content.values is not None
        labels, numbers = np.unique(content.values[content.present], return_counts=True)
        found = {f"{v:g}": int(n) for v, n in zip(labels, numbers, strict=True)}
    return dict(sorted(found.items(), key=lambda item: -item[1]))
