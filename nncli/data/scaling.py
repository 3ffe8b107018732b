"""Scaling of columns by statistics that are gathered piece by piece, in float64."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.types import Array

ScaleMethod = Literal["none", "standard", "minmax", "robust", "log1p"]

_BLOCK_CELLS = 1 << 18


@dataclass(frozen=True)
class Scaling:
    """x becomes (x - offset) / divisor, or log(1 + x) where a column is logarithmic.

    All three are (columns,), the numbers float64.
    """

    offset: Array
    divisor: Array
    logarithmic: Array

    def apply(self, numbers: Array) -> None:
        """Scale numbers (rows, columns) in place, each rounded once."""
        if self.logarithmic.any():
            for block in blocks(numbers):
                block[:, self.logarithmic] = np.log1p(block[:, self.logarithmic].astype(np.float64))
        if self.offset.any() or (self.divisor != 1).any():
            for block in blocks(numbers):
                block[...] = (block - self.offset) / self.divisor

    def undo(self, numbers: Array) -> Array:
        """Return scaled numbers (rows, columns) as they were."""
        values: Array = numbers * self.divisor + self.offset
        with np.errstate(over="ignore"):  # what is too large is infinite
            values[:, self.logarithmic] = np.expm1(values[:, self.logarithmic])
            return values.astype(numbers.dtype)


@dataclass
class Moments:
    """Running statistics of columns."""

    count: int = 0
    mean: Array | float = 0.0
    squares: Array | float = 0.0
    """Sum of the squared distances from the mean."""
    low: Array | float = np.inf
    high: Array | float = -np.inf

    def update(self, block: Array) -> None:
        """Take in further rows (Chan, Golub and LeVeque 1979, equation 2.1)."""
        block = block.astype(np.float64)
        self.low = np.minimum(self.low, block.min(axis=0))
        self.high = np.maximum(self.high, block.max(axis=0))
        mean = block.mean(axis=0)
        block -= mean
        distance = mean - self.mean
        total = self.count + len(block)
        self.squares += np.square(block, out=block).sum(axis=0)
        self.squares += distance**2 * (self.count * len(block) / total)
        self.mean += distance * (len(block) / total)
        self.count = total


def slices(rows: int, columns: int) -> Iterator[slice]:
    """Yield slices over all rows, each of so few that they fit a processor's cache."""
    step = max(1, _BLOCK_CELLS // columns)
    for start in range(0, rows, step):
        yield slice(start, min(start + step, rows))


def blocks(features: Array) -> Iterator[Array]:
    """Yield views of the rows, some at a time."""
    for part in slices(*features.shape):
        yield features[part]


def fit(methods: Sequence[ScaleMethod], numbers: Array, fills: Array | None = None) -> Scaling:
    """Return how columns are scaled by statistics of these rows; constant ones are divided by 1.

    `standard` takes mean and population deviation, `minmax` maps the range to 0..1, `robust` takes
    the median and the distance between the quartiles.

    Args:
        methods: One for each column.
        numbers: The training rows (rows, columns).
        fills: What a missing cell (NaN) of each column counts as.
    """
    offset, divisor = np.zeros(len(methods)), np.ones(len(methods))
    which = np.array(methods)
    if np.isin(which, ("standard", "minmax")).any():
        moments = Moments()
        for block in blocks(numbers):
            moments.update(filled(block, fills))
        low, high = np.asarray(moments.low), np.asarray(moments.high)
        deviation = np.sqrt(np.asarray(moments.squares) / moments.count)
        for method, centre, width in (
            ("standard", np.asarray(moments.mean), deviation),
            ("minmax", low, high - low),
        ):
            here = which == method
            offset[here], divisor[here] = centre[here], np.where(high > low, width, 1.0)[here]
    for column in np.flatnonzero(which == "robust"):
        values = filled(numbers[:, [column]], fills if fills is None else fills[[column]])
        first, middle, third = np.quantile(values.astype(np.float64), [0.25, 0.5, 0.75])
        offset[column], divisor[column] = middle, third - first if third > first else 1.0
    return Scaling(offset, divisor, which == "log1p")


def filled(numbers: Array, fills: Array | None) -> Array:
    """Return numbers (rows, columns) with those that are missing filled in, in their own type."""
    if fills is None:
        return numbers
    return np.where(np.isnan(numbers), fills.astype(numbers.dtype), numbers)
