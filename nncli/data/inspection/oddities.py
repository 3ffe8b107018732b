"""What is odd about the columns and rows that a config trains on, each with what to do about it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from nncli.data.inspection.contents import Content, Inspected
from nncli.data.inspection.roles import find_left_out
from nncli.data.inspection.zeros import suspicious_zeros
from nncli.data.loading import Dataset
from nncli.data.naming import counted, in_yaml
from nncli.data.sources.table import Column
from nncli.engine.types import Array

_FEWEST_OF_A_CLASS = 5


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
        if each.column in features:
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


def rare_classes(target: Content, counts: Mapping[str, int]) -> Iterator[Oddity]:
    """Yield classes that have too few rows to be learnt and scored."""
    for label, count in counts.items():
        if count < _FEWEST_OF_A_CLASS:
            yield Oddity(
                kind="rare class",
                columns=(target.name,),
                what=f"{target.name}: class {label} has {counted(count, 'row')} only",
                advice="collect more of them, or join the class with another",
            )


def repeated_rows(splits: Mapping[str, Dataset]) -> Iterator[Oddity]:
    """Yield how many rows come again, within the training rows and in those held out."""
    known = _rows(splits["train"])
    seen = set(known)
    if again := len(known) - len(seen):
        yield Oddity(
            kind="duplicates",
            what=f"{counted(again, 'training row')} with the features and target of another",
            advice="if they are there twice by mistake, delete them; they count twice",
        )
    for name, rows in splits.items():
        shared = sum(row in seen for row in _rows(rows)) if name != "train" else 0
        if shared:
            yield Oddity(
                kind="leak",
                what=f"{counted(shared, f'{name} row')} that training rows repeat",
                advice="delete them from the table if they are copies: scores on rows that were "
                "trained on look too good",
            )


def _rows(dataset: Dataset) -> list[bytes]:
    """Return each row's features and targets as bytes."""
    arrays: list[Array] = [array.reshape(len(array), -1) for array in dataset.inputs]
    arrays += [array.reshape(len(array), -1) for array in dataset.targets]
    return [b"".join(row) for row in zip(*(map(bytes, array) for array in arrays), strict=True)]
