"""The column of sample weights."""

from __future__ import annotations

from dataclasses import dataclass

from nncli.data import faults
from nncli.data.blocks import Block, Piece, Wanted
from nncli.data.checking import Demands, take_numbers
from nncli.data.sources.table import Column
from nncli.engine.types import Array


@dataclass(frozen=True)
class SampleWeight:
    """A column that says how much each row counts."""

    column: Column
    stored_as: str
    """The model's precision."""

    def complete(self, block: Block) -> Array | None:
        """Return None: no row is dropped for its weight."""
        return None

    @property
    def wanted(self) -> Wanted:
        """The column to read."""
        return Wanted(numbers=(self.column,))

    def take(self, piece: Piece) -> Array:
        """Return a piece's weights (rows, 1).

        Raises:
            DataError: One is missing, negative or infinite.
        """
        weights = take_numbers(piece, self.stored_as, Demands.of(1))
        if (weights < 0).any():
            raise faults.negative_weight(piece.table, piece.number_positions[0], weights[:, 0])
        return weights
