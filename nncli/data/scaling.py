"""Scaling of features by statistics that are gathered piece by piece, in float64."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from nncli.data.section import ScaleMethod
from nncli.engine.types import Array

_BLOCK_CELLS = 1 << 18


@dataclass(frozen=True)
class Scaler:
    """Takes an offset from each column and divides by a scale; both float64 (columns,)."""

    offset: Array
    scale: Array

    def apply(self, features: Array) -> None:
        """Scale features (rows, columns) in place, each value rounded once."""
        for block in blocks(features):
            block[...] = (block - self.offset) / self.scale


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


def fit(method: ScaleMethod, chunks: Iterable[Array]) -> Scaler | None:
    """Return the scaler that a method makes of the training rows; constant columns scale by 1.

    "standard" takes mean and population deviation, "minmax" maps the range to 0..1, "none" is None.
    """
    if method == "none":
        return None
    moments = Moments()
    for chunk in chunks:
        moments.update(chunk)
    low, high = np.asarray(moments.low), np.asarray(moments.high)
    if method == "minmax":
        return Scaler(low, np.where(high > low, high - low, 1.0))
    deviation = np.sqrt(np.asarray(moments.squares) / moments.count)
    return Scaler(np.asarray(moments.mean), np.where(high > low, deviation, 1.0))
