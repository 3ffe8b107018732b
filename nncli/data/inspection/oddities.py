"""What is odd about the columns and rows that a config trains on, each with what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from nncli.data.features import FittedFeatures
from nncli.data.inspection.contents import Content, Inspected
from nncli.data.inspection.roles import find_left_out
from nncli.data.inspection.zeros import suspicious_zeros
from nncli.data.loading import Dataset
from nncli.data.naming import as_categories, counted, in_yaml
from nncli.data.report import Report, unseen_in_words
from nncli.data.sources.table import Column
from nncli.engine.types import Array

_FEWEST_OF_A_CLASS = 5
_LOPSIDED = 0.1
FEWEST_OF_A_CATEGORY = 5
"""Rows that a category should have to be learnt by itself."""

Place = Callable[[Dataset, int], str]
"""Says where a dataset's row stands."""


@dataclass(frozen=True, kw_only=True)
class Oddity:
    """Something to look at before training."""

    kind: str
    """In a word, for programs: copy, constant, id, zeros, duplicates, ..."""
    columns: tuple[Column, ...] = ()
    what: str
    """What was seen."""
    advice: str
    """What to do about it."""


def odd_columns(
    table: Inspected, features: Collection[Column], targets: Collection[Column]
) -> Iterator[Oddity]:
    """Yield what is odd about the features; pixels, of which some never change, are as they are.

    Args:
        table: The training table.
        features: The columns that are trained on.
        targets: Those that are predicted.
    """
    for each in find_left_out(table, targets):
        # Where text is trained on, the config has said what it is.
        if each.column in features and each.reason not in ("text", "unclear"):
            yield Oddity(
                kind=each.reason,
                columns=(each.column,),
                what=f"{each.column}: {each.why}",
                advice=f"leave it out with data.drop: {in_yaml([each.column])}",
            )
    zeros = {name: suspicious_zeros(table.columns[name]) for name in features}
    if found := {name: count for name, count in zeros.items() if count}:
        counts = ", ".join(f"{name} ({count})" for name, count in found.items())
        yield Oddity(
            kind="zeros",
            columns=tuple(found),
            what=f"zeros in {counts}, while no other number there comes near 0",
            advice="if they stand for missing cells, empty them in the table, and say what "
            "they count as with data.missing: median",
        )


def odd_classes(
    target: Content, counts: Mapping[str, int], metrics: Collection[str]
) -> Iterator[Oddity]:
    """Yield classes that have too few rows to be learnt, or to be seen in these metrics."""
    for label, count in counts.items():
        if count < _FEWEST_OF_A_CLASS:
            yield Oddity(
                kind="rare class",
                columns=(target.name,),
                what=f"{target.name}: class {label} has {counted(count, 'row')} only",
                advice="collect more of them, or join the class with another",
            )
    if is_lopsided(counts) and not {"precision", "recall"} <= set(metrics):
        least = min(counts.values()) / sum(counts.values())
        yield Oddity(
            kind="imbalance",
            columns=(target.name,),
            what=f"{target.name}: the rarer class has {least:.0%} of the rows, so accuracy is high "
            "for a network that never names it",
            advice="look at auc, precision and recall beside it: metrics: [auc, precision, recall]",
        )


def is_lopsided(counts: Mapping[str, int]) -> bool:
    """Whether one of two classes is so rare that the accuracy doesn't tell whether it is found."""
    return len(counts) == 2 and min(counts.values()) / sum(counts.values()) < _LOPSIDED


def repeated_rows(splits: Mapping[str, Dataset], place: Place) -> Iterator[Oddity]:
    """Yield how many rows come again, within the training rows and in those held out."""
    train = splits["train"]
    first: dict[bytes, int] = {}
    again = [n for n, row in enumerate(_rows(train)) if first.setdefault(row, n) != n]
    if again:
        yield Oddity(
            kind="duplicates",
            what=f"{counted(len(again), 'training row')} with the features and target of another, "
            f"the first in {place(train, again[0])}",
            advice="if they are there twice by mistake, delete them; they count twice",
        )
    for name, rows in splits.items():
        shared = [n for n, row in enumerate(_rows(rows)) if row in first]
        if shared and name != "train":
            yield Oddity(
                kind="leak",
                what=f"{counted(len(shared), f'{name} row')} that training rows repeat, the first "
                f"in {place(rows, shared[0])}",
                advice="delete copies from the table: scores on rows that were trained on look too "
                "good",
            )


def reported(path: str, report: Report, inputs: Sequence[FittedFeatures]) -> Iterator[Oddity]:
    """Yield what came up while a table was read: rows left out, and categories never seen."""
    if report.dropped:
        dropping = any(k.missing == "drop" for part in inputs for k in part.kinds.values())
        yield Oddity(
            kind="left out rows",
            what=f"{path}: {counted(report.dropped, 'row')} left out because of a missing cell",
            advice="to keep them, fill the cells in with data.missing: indicator (or median, "
            "mean, most_frequent) instead of drop, or leave out columns that lack many"
            if dropping
            else "they have no target, so there is nothing to learn from them; fill it in where "
            "you know it",
        )
    for column, categories in report.unseen.items():
        shared = any(column in part.kinds and part.learnt[column].rare for part in inputs)
        yield Oddity(
            kind="unseen categories",
            columns=(column,),
            what=f"{path}: {unseen_in_words(column, categories)}",
            advice="mend those that are misspelt; the others count as the rare ones do"
            if shared
            else "mend those that are misspelt; to have the others learnt as rare ones, say "
            f"data.columns: {as_categories(column, min_rows=FEWEST_OF_A_CATEGORY)}",
        )


def _rows(dataset: Dataset) -> list[bytes]:
    """Return each row's features and targets as bytes."""
    arrays: list[Array] = [array.reshape(len(array), -1) for array in dataset.inputs]
    arrays += [array.reshape(len(array), -1) for array in dataset.targets]
    return [b"".join(row) for row in zip(*(map(bytes, array) for array in arrays), strict=True)]
