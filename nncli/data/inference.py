"""What columns hold whose kind the config doesn't say: decided by all cells of the training table.

They are numbers until a cell says otherwise, so that a table of numbers is read once. Text is yes
and no, dates, or categories where it comes again and again; other text is left to the user."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from nncli.data import faults
from nncli.data.blocks import Block, Part
from nncli.data.features import Features
from nncli.data.kinds.base import Kind, TextKind
from nncli.data.kinds.boolean import Boolean
from nncli.data.kinds.categorical import Categorical
from nncli.data.kinds.dates import Datetime
from nncli.data.loading import gather
from nncli.data.naming import as_categories, counted, listed, shown
from nncli.data.section import DataSection
from nncli.data.sources.cells import is_number
from nncli.data.sources.table import CellError, Column, MissingError, Source, TextError
from nncli.data.texts import Texts

MOST_CATEGORIES = 200
"""More different texts than these are not taken for categories unless the config says so."""

_PAIRS = ({"true", "false"}, {"yes", "no"}, {"y", "n"}, {"t", "f"})


@dataclass(kw_only=True)
class _Undecided(TextKind):
    """A column of which only so much is known that it holds text."""


def kind_of(texts: Texts) -> Kind | None:
    """Return what a column of text holds; None where that isn't clear."""
    present = [text for text in texts.distinct if text]
    if not present:
        return None
    folded = {text.lower() for text in present}
    if any(folded <= pair for pair in _PAIRS):
        return Boolean()
    if all(map(_is_date, present)):
        return Datetime()
    rows = int((~texts.missing()).sum())
    few = len(present) <= min(MOST_CATEGORIES, rows // 2)
    return Categorical() if few and not _mostly_numbers(present) else None


def read_training(
    table: Source,
    inputs: Sequence[Features],
    others: Sequence[Part],
    places: Mapping[Column, int],
    section: DataSection,
    open_columns: Collection[Column],
) -> tuple[list[Features], list[Block]]:
    """Read the training table; return the inputs with all kinds decided, and a block for each part.

    Args:
        table: The table.
        inputs: The network's inputs, columns of unknown kind taken for numbers.
        others: The further parts to read.
        places: Where columns stand in the table.
        section: The config's, for what it says of missing cells.
        open_columns: Those whose kind is not known.

    Raises:
        DataError: A cell can't be used, or a column holds text that isn't understood.
    """
    while True:
        try:
            blocks = gather(table, [*inputs, *others], places)
            break
        except MissingError as error:
            raise _all_missing(table, inputs, places, section, error) from None
        except TextError as error:
            found = {table.names[position] for position in error.positions} & set(open_columns)
            if not found:
                raise
            inputs = [
                _with_kinds(part, {name: _Undecided() for name in part.kinds if name in found})
                for part in inputs
            ]
    decided = []
    for part, block in zip(inputs, blocks, strict=False):
        columns = dict(zip(part.texts, block.texts, strict=True))
        kinds = {
            name: kind_of(columns[name])
            for name, kind in part.texts.items()
            if isinstance(kind, _Undecided)
        }
        _refuse_unclear(table, [name for name, kind in kinds.items() if kind is None], columns)
        settled = {
            name: kind.settled(missing=section.missing, scale=section.scale)
            for name, kind in kinds.items()
            if kind is not None
        }
        empty = [
            places[name]
            for name, kind in settled.items()
            if kind.missing == "error" and "" in columns[name].distinct
        ]
        if empty:
            raise faults.missing_cells(table, (), empty)
        decided.append(_with_kinds(part, settled))
    return decided, blocks


def _all_missing(
    table: Source,
    inputs: Sequence[Features],
    places: Mapping[Column, int],
    section: DataSection,
    error: MissingError,
) -> CellError:
    """Return an error about the empty cells of all features, where the one at hand is of some."""
    numbers, texts = (
        [
            places[name]
            for part in inputs
            for name, kind in getattr(part, columns).items()
            if (kind.missing or section.missing) == "error"
        ]
        for columns in ("numbers", "texts")
    )
    if not {*error.positions} <= {*numbers, *texts}:
        return error
    return faults.missing_cells(table, numbers, texts)


def _with_kinds(part: Features, kinds: Mapping[Column, Kind]) -> Features:
    return replace(part, kinds={**part.kinds, **kinds}) if kinds else part


def _refuse_unclear(
    table: Source, names: Sequence[Column], columns: Mapping[Column, Texts]
) -> None:
    """Say of the first column of numbers where it has text, or of other columns what is unclear."""
    for name in names:
        if _mostly_numbers([text for text in columns[name].distinct if text]):
            for _ in table.chunks([table.names.index(name)]):
                pass  # until it comes to the text
    if names:
        some = columns[names[0]]
        example = next((text for text in some.distinct if text), "")
        what = "column" if len(names) == 1 else "columns"
        where = "" if len(names) == 1 else "in the first "
        raise CellError(
            f"{table.label}: {what} {listed([shown(name) for name in names])} "
            f"hold{'s' * (len(names) == 1)} text, {where}{len(some.distinct)} different ones "
            f"in {counted(len(some.codes), 'row')} (as {shown(example)}), too many for categories",
            positions=[table.names.index(name) for name in names],
            remedy="take it for categories all the same with data.columns: "
            + as_categories(names[0]),
        )


def _mostly_numbers(texts: Sequence[str]) -> bool:
    return sum(map(is_number, texts)) > len(texts) / 2


def _is_date(text: str) -> bool:
    if len(text) < 8 or not text[:4].isdecimal():
        return False
    try:
        datetime.fromisoformat(text.replace("/", "-"))
    except ValueError:
        return False
    return True
