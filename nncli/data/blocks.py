"""What the parts of the data (inputs, outputs, weights) ask of a table, read in one go."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

import numpy as np

from nncli.data.sources.table import Column, Source, Table
from nncli.data.texts import TextColumn, Texts, as_texts
from nncli.engine.types import Array


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """The columns that a part asks for: as numbers, and as text."""

    numbers: tuple[Column, ...] = ()
    texts: tuple[Column, ...] = ()


@dataclass(frozen=True)
class Piece:
    """Some consecutive rows of what a part asked for, as they were read."""

    table: Table
    numbers: Array
    """Float64 (rows, number columns), a view; NaN where a cell is missing."""
    texts: tuple[list[str], ...]
    number_positions: tuple[int, ...]
    """Where the columns stand in the table."""
    text_positions: tuple[int, ...]


@dataclass(frozen=True)
class Block:
    """Rows of a part, checked, in the part's own type."""

    numbers: Array
    """(rows, number columns)."""
    texts: tuple[Texts, ...]

    def take(self, rows: Array) -> Block:
        """Return some rows, by place."""
        return Block(self.numbers[rows], tuple(texts.take(rows) for texts in self.texts))


class Part(Protocol):
    """What reads some columns: an input, an output, or the weights."""

    @property
    def wanted(self) -> Wanted:
        """The columns."""

    @property
    def stored_as(self) -> str:
        """The type that their numbers are kept in."""

    def take(self, piece: Piece) -> Array:
        """Return a piece's numbers, once all its cells are found to be fit; DataError else."""

    def complete(self, block: Block) -> Array | None:
        """Return which rows lack no cell for whose sake they are dropped; None for all."""


def read_pieces(
    source: Source,
    parts: Sequence[Wanted],
    places: Mapping[Column, int],
    kept: Sequence[int] = (),
) -> Iterator[tuple[tuple[Piece, ...], tuple[list[str], ...]]]:
    """Yield a piece for each of the parts, and the texts of further columns, all of the same rows.

    Args:
        source: The table.
        parts: What is asked for.
        places: Where the columns stand in this table.
        kept: Positions of further columns.
    """
    numbers = [[places[name] for name in part.numbers] for part in parts]
    texts = [[places[name] for name in part.texts] for part in parts]
    for table in source.chunks([*chain(*numbers)], [*chain(*texts), *kept]):
        number = text = 0
        pieces: list[Piece] = []
        for number_positions, text_positions in zip(numbers, texts, strict=True):
            after, text_after = number + len(number_positions), text + len(text_positions)
            pieces.append(
                Piece(
                    table,
                    table.numbers[:, number:after],
                    table.texts[text:text_after],
                    tuple(number_positions),
                    tuple(text_positions),
                )
            )
            number, text = after, text_after
        yield tuple(pieces), table.texts[text:]


def as_block(numbers: Array, piece: Piece) -> Block:
    """Return a piece as a block, with numbers that were taken from it."""
    missing = piece.table.source.missing
    return Block(numbers, tuple(as_texts(column, missing) for column in piece.texts))


class GrowingBlock:
    """A block that grows by rows; memory is extended in place, not copied."""

    def __init__(self, wanted: Wanted, dtype: str, missing: Container[str]) -> None:
        self._numbers = np.empty((0, len(wanted.numbers)), dtype)
        self._count = 0
        self._texts = [TextColumn(missing) for _ in wanted.texts]

    def append(self, numbers: Array, texts: Sequence[list[str]]) -> None:
        """Add further rows."""
        end = self._count + len(numbers)
        if end > len(self._numbers):
            size = max(end, len(self._numbers) * 9 // 8)
            self._numbers.resize((size, self._numbers.shape[1]), refcheck=False)
        self._numbers[self._count : end] = numbers
        self._count = end
        for column, cells in zip(self._texts, texts, strict=True):
            column.append(cells)

    def finish(self) -> Block:
        """Return all rows."""
        self._numbers.resize((self._count, self._numbers.shape[1]), refcheck=False)
        return Block(self._numbers, tuple(column.finish() for column in self._texts))


def apart(block: Block, parts: Sequence[Array]) -> list[Block]:
    """Return the rows of each part, those of the first in the memory where all of them stood.

    Held-out rows are copied; the rows that stay then move up, so that at no time there are two
    copies of a large table.
    """
    stay, *held = parts
    numbers = block.numbers
    copies = [block.take(rows) for rows in held]
    if len(stay) < len(numbers):
        step = max(1, (1 << 18) // max(1, numbers.shape[1]))
        for start in range(0, len(stay), step):
            rows = stay[start : start + step]
            numbers[start : start + len(rows)] = numbers[rows]
    staying = Block(numbers[: len(stay)], tuple(texts.take(stay) for texts in block.texts))
    return [staying, *copies]
