"""Whole tables as arrays, grown as they are read so that a table is never in memory twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nncli.data.blocks import Block, GrowingBlock, Part, read_pieces
from nncli.data.checking import both
from nncli.data.preprocessing import Preprocessing
from nncli.data.report import Report
from nncli.data.sources.dialect import Dialect
from nncli.data.sources.files import FileRecord, records_of
from nncli.data.sources.opening import opened
from nncli.data.sources.table import Column, Source
from nncli.engine.types import Array, Arrays
from nncli.errors import ConfigError, DataError


@dataclass(frozen=True)
class Dataset:
    """Rows ready for the network, in the order of their table."""

    inputs: Arrays
    """One array per Input of the model, rows first."""
    targets: Arrays
    """One array per output of the model, rows first."""
    rows: Array
    """Each row's number in its table, counted from 0."""
    path: Path
    """The table."""
    sample_weight: Array | None = None
    """How much each row counts in the loss, (rows,); None where all count the same."""

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, places: Array) -> Dataset:
        """Return the rows at the given places."""
        weight = self.sample_weight
        return Dataset(
            tuple(array[places] for array in self.inputs),
            tuple(array[places] for array in self.targets),
            self.rows[places],
            self.path,
            None if weight is None else weight[places],
        )

    def select(self, rows: Sequence[int]) -> Dataset:
        """Return the rows of these numbers, ascending.

        Raises:
            IndexError: One isn't there.
        """
        places = np.searchsorted(self.rows, rows)
        if not np.array_equal(self.rows[np.minimum(places, len(self) - 1)], rows):
            raise IndexError
        return self.take(places)


def gather(source: Source, parts: Sequence[Part], places: Mapping[Column, int]) -> list[Block]:
    """Return all rows of a table, a block for each part.

    Raises:
        DataError: The table can't be read, or a cell isn't fit.
    """
    growing = [GrowingBlock(part.wanted, part.stored_as, source.missing) for part in parts]
    for pieces, _ in read_pieces(source, [part.wanted for part in parts], places):
        for part, block, piece in zip(parts, growing, pieces, strict=True):
            block.append(part.take(piece), piece.texts)
    return [block.finish() for block in growing]


def as_dataset(
    preprocessing: Preprocessing,
    blocks: Sequence[Block],
    rows: Array,
    path: Path,
    report: Report,
) -> Dataset:
    """Return rows as the network wants them; the blocks' numbers are overwritten.

    Args:
        preprocessing: Fitted.
        blocks: One for each of its parts.
        rows: Their numbers in the table.
        path: The table.
        report: Told what is odd.
    """
    first, after = len(preprocessing.inputs), len(preprocessing.inputs + preprocessing.outputs)
    inputs = preprocessing.transform(blocks[:first], report)
    targets = preprocessing.transform_targets(blocks[first:after], inputs)
    weight = blocks[after].numbers[:, 0] if preprocessing.weight is not None else None
    return Dataset(inputs, targets, rows, path, weight)


def complete_rows(parts: Sequence[Part], blocks: Sequence[Block]) -> Array:
    """Return the numbers of the rows that aren't to be dropped for a missing cell."""
    keep = both(part.complete(block) for part, block in zip(parts, blocks, strict=True))
    count = len(blocks[0].numbers)
    return np.arange(count) if keep is None else np.flatnonzero(keep)


@contextmanager
def opened_by(key: str, path: Path, dialect: Dialect | None) -> Iterator[Source]:
    """Open a table that a key of the config's data names.

    Raises:
        ConfigError: There is nothing that can be read.
    """
    with ExitStack() as resources:
        try:
            table = resources.enter_context(opened(path, dialect))
        except DataError as error:
            raise ConfigError.at(("data", key), str(error)) from error
        yield table


def load(
    path: Path,
    preprocessing: Preprocessing,
    dialect: Dialect | None = None,
    report: Report | None = None,
    key: str | None = None,
) -> tuple[Dataset, list[FileRecord]]:
    """Read a further table, to test on or to evaluate.

    Args:
        path: The table.
        preprocessing: Fitted on the training rows.
        dialect: How it is written.
        report: Told what is odd.
        key: Which one of the config's data names it, if one does.

    Raises:
        ConfigError: What a key names can't be opened.
        DataError: The table can't be read, lacks columns, or holds what training didn't know.
    """
    report = report or Report()
    with opened_by(key, path, dialect) if key else opened(path, dialect) as table:
        return _load(path, table, preprocessing, report)


def _load(
    path: Path, table: Source, preprocessing: Preprocessing, report: Report
) -> tuple[Dataset, list[FileRecord]]:
    places = preprocessing.columns.places(table, scoring=True)
    blocks = gather(table, preprocessing.parts, places)
    count = len(blocks[0].numbers)
    rows = complete_rows(preprocessing.parts, blocks)
    if len(rows) < count:
        blocks = [block.take(rows) for block in blocks]
        report.dropped += count - len(rows)
    if not len(rows):
        raise DataError(f"{table.label} has no rows")
    dataset = as_dataset(preprocessing, blocks, rows, path, report)
    return dataset, records_of(path, table)
