"""What a table is good for, once a target is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.data.inspection.contents import Content, Inspected
from nncli.data.inspection.pictures import picture_shape
from nncli.data.inspection.roles import LeftOut, find_left_out, in_order_of_time
from nncli.data.inspection.target import task_of
from nncli.data.kinds.boolean import WORDS, Boolean
from nncli.data.naming import listed
from nncli.data.sources.table import Column
from nncli.errors import DataError

Task = Literal["classes", "values", "labels"]
"""Classes in one column, numbers, or yes and no in each of several columns."""


@dataclass(frozen=True, kw_only=True)
class Study:
    """A table, its target, and what can be learnt from."""

    table: Inspected
    targets: tuple[Content, ...]
    task: Task
    features: tuple[Content, ...]
    left_out: tuple[LeftOut, ...]
    picture: tuple[int, int, int] | None
    """Height, width and channels, where the features are pixels."""
    ordered_by: Column | None
    """The column that says when, where the rows stand in its order."""

    @property
    def rows(self) -> int:
        """How many rows have a target."""
        return int(min(target.present.sum() for target in self.targets))

    @property
    def outputs(self) -> int:
        """How many classes there are, or how many columns."""
        return self.targets[0].distinct if self.task == "classes" else len(self.targets)


@np.errstate(all="ignore")  # where a column holds infinite or huge numbers
def study(table: Inspected, targets: Sequence[Column], task: Task | None = None) -> Study:
    """Return what can be predicted from what.

    Args:
        table: The table.
        targets: The columns to predict.
        task: What they hold; None if that is to be seen.

    Raises:
        DataError: The target is nothing to learn, or nothing is left to learn from.
    """
    goals = tuple(table.columns[target] for target in targets)
    label = table.label
    found = task or (task_of(goals[0], label) if len(goals) == 1 else _task_of_several(goals))
    others = [content for name, content in table.columns.items() if name not in targets]
    picture = picture_shape(others)
    left_out = () if picture else tuple(find_left_out(table, targets))
    names = {each.column for each in left_out}
    features = tuple(content for content in others if content.name not in names)
    if not features:
        reasons = listed([f"{each.column}: {each.why}" for each in left_out])
        what = f" ({reasons})" if left_out else ""
        raise DataError(f"{label}: no column is left to predict {listed(targets)} from{what}")
    return Study(
        table=table,
        targets=goals,
        task=found,
        features=features,
        left_out=left_out,
        picture=picture,
        ordered_by=in_order_of_time(table) if found == "values" else None,
    )


def _task_of_several(targets: Sequence[Content]) -> Task:
    """Return what several target columns hold: yes and no in each, or numbers."""
    if all(map(_is_yes_and_no, targets)):
        return "labels"
    texts = [target.name for target in targets if target.texts is not None]
    if texts:
        raise DataError(
            f"several target columns must hold numbers, or yes and no, but {listed(texts)} "
            "holds text; predict one of them"
        )
    return "values"


def _is_yes_and_no(content: Content) -> bool:
    if content.texts is not None:
        return isinstance(content.kind, Boolean)
    return content.distinct == 2 and {f"{v:g}" for v in content.some()} <= WORDS.keys()
