"""init: from a table to a config that trains as it stands, with what was decided and why."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nncli.api.explaining import comments_on, findings_of
from nncli.config.suggestion import Assignment, suggest
from nncli.data.columns import find_columns
from nncli.data.inspection.contents import Inspected, inspect
from nncli.data.inspection.oddities import FEWEST_OF_A_CATEGORY, is_lopsided
from nncli.data.inspection.opening import recognise
from nncli.data.inspection.pictures import brightest
from nncli.data.inspection.study import Study, Task, study
from nncli.data.inspection.target import class_counts
from nncli.data.kinds.categorical import Categorical
from nncli.data.sources.dialect import Dialect
from nncli.data.sources.opening import opened
from nncli.data.sources.table import Column
from nncli.errors import DataError
from nncli.runs.commented import commented_yaml
from nncli.runs.folder import OF_PICTURES

_FEWEST_ROWS = 50
"""Of fewer rows none are held out."""
_SHARE = 0.2
_MANY_CATEGORIES = 10


@dataclass(frozen=True, kw_only=True)
class Starter:
    """A first config, and what was seen and decided on the way to it."""

    content: dict[str, Any]
    """The config as plain values."""
    comments: Mapping[tuple[str | int, ...], str]
    """Why its keys are as they are, by path."""
    findings: Sequence[tuple[str, str]]
    """What the user should know: a title, and a sentence."""

    @property
    def text(self) -> str:
        """The config as it is written."""
        return commented_yaml(self.content, self.comments)


def start(
    data: Path,
    targets: Sequence[str],
    *,
    folder: Path,
    header: bool | None = None,
    task: Task | None = None,
) -> Starter:
    """Return a config that trains on a table.

    Arguments:
        data: the table.
        targets: the columns to predict, by name, or by number where there are no names.
        folder: where the config will lie, from which its paths start.
        header: whether the first line names the columns; None if that is to be seen.
        task: what the target holds; None if that is to be seen.

    Raises:
        DataError: the table can't be read, there is no such column, or nothing to learn from.
    """
    dialect = recognise(data, header=header)
    with opened(data, dialect) as source:
        table = inspect(source)
        if not targets:
            raise _without_target(table)
        names = [source.names[position] for position in find_columns(targets, source)]
        found = study(table, tuple(dict.fromkeys(names)), task)
    validates = found.rows >= _FEWEST_ROWS
    work = Assignment(
        task=found.task,
        outputs=found.outputs,
        rows=int(found.rows * (1 - _SHARE) ** 2) if validates else found.rows,
        picture=found.picture,
        brightest=brightest(found.features) if found.picture else 1,
        lopsided=found.task == "classes" and is_lopsided(class_counts(found.targets[0])),
        validates=validates,
    )
    content = {
        "name": _name(data),
        "seed": 1,
        "data": _data_section(found, dialect, os.path.relpath(data, folder), validates),
        **suggest(work),
    }
    return Starter(
        content=content,
        comments=comments_on(content, found),
        findings=findings_of(content, found),
    )


def _data_section(found: Study, dialect: Dialect, path: str, validates: bool) -> dict[str, Any]:
    targets: list[Column] = [target.name for target in found.targets]
    data: dict[str, Any] = {"train": path}
    if not dialect.header:
        data["header"] = False
    if dialect.encoding != "utf-8":
        data["encoding"] = dialect.encoding
    if dialect.delimiter is not None:
        data["delimiter"] = dialect.delimiter
    if dialect.decimal != ".":
        data["decimal"] = dialect.decimal
    data["target"] = targets[0] if len(targets) == 1 else targets
    if found.left_out:
        data["drop"] = [each.column for each in found.left_out]
    if columns := _described(found):
        data["columns"] = columns
    if any(content.missing for content in found.features):
        data["missing"] = "indicator"
    if any(target.missing for target in found.targets):
        data["target_missing"] = "drop"
    if validates:
        data |= {"test": _SHARE, "validation": _SHARE}
    if found.ordered_by is not None and validates:
        data["split"] = "last"
    if not found.picture:
        data["scale"] = "standard"
    if found.task == "values":
        data["target_scale"] = "standard"
    return data


def _described(found: Study) -> dict[str, Any]:
    """Return what data.columns says: that rare categories among many are taken together."""
    return {
        str(content.name): {"type": "categorical", "min_rows": FEWEST_OF_A_CATEGORY}
        for content in found.features
        if isinstance(content.kind, Categorical)
        and content.distinct > _MANY_CATEGORIES
        and min(class_counts(content).values()) < FEWEST_OF_A_CATEGORY
    }


def _name(data: Path) -> str:
    """Return what runs are called, after the table."""
    name = re.sub(r"[^\w-]+", "-", data.name.partition(".")[0]).strip("-")
    return "run" if name.casefold() in ("", OF_PICTURES) else name


def _without_target(table: Inspected) -> DataError:
    """Return the question which column is to be predicted, with what there is to choose from."""
    shown = [f"  {name}: {content.in_words()}" for name, content in table.columns.items()]
    if len(shown) > 40:
        shown = [*shown[:20], f"  ... ({len(shown) - 25} more)", *shown[-5:]]
    return DataError(
        f"{table.label}: which column is to be predicted? Name it with --target:\n"
        + "\n".join(shown)
    )
