"""Batches that are scored together: where their targets and outputs lie."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from nncli.engine.types import Array, Arrays, Shape
from nncli.training.stepping import Rows

Batch = tuple[slice, list[Array], list[Array]]
"""Which rows of the block it is, their targets, and the place for their outputs."""


class Block:
    """Room for so many rows; made once, for a small step costs no more than cutting the arrays.

    Arguments:
        rows: how many, all of them in whole batches but for the end of the table.
        batch_size: rows a batch.
        truth: what outputs are compared with, of all rows of the table.
        shapes: of what is kept of each row's outputs.
        dtype: of the outputs.
    """

    def __init__(
        self,
        rows: int,
        batch_size: int,
        truth: Arrays,
        shapes: Sequence[Shape],
        dtype: np.dtype[Any],
    ) -> None:
        self.targets = tuple(np.empty((rows, *known.shape[1:]), known.dtype) for known in truth)
        self.outputs = tuple(np.empty((rows, *shape), dtype) for shape in shapes)
        self.batches: list[Batch] = []
        for start in range(0, rows, batch_size):
            part = slice(start, min(start + batch_size, rows))
            self.batches.append(
                (part, [t[part] for t in self.targets], [o[part] for o in self.outputs])
            )

    def fill(self, truth: Arrays, rows: Rows) -> None:
        """Copy the targets of these rows of the table here."""
        for targets, known in zip(self.targets, truth, strict=True):
            if isinstance(rows, slice):
                np.copyto(targets, known[rows])
            else:
                known.take(rows, 0, targets, "clip")


class Blocks:
    """Lends a block for so many rows, again and again the same one."""

    def __init__(
        self, batch_size: int, truth: Arrays, shapes: Sequence[Shape], dtype: np.dtype[Any]
    ) -> None:
        self.truth = truth
        self._made_of = batch_size, truth, shapes, dtype
        self._made: dict[int, Block] = {}

    def lend(self, rows: int) -> Block:
        """Return the block; whoever had it before has no more use for it."""
        if rows not in self._made:
            self._made[rows] = Block(rows, *self._made_of)
        return self._made[rows]
