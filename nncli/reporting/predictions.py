"""Predictions as rows of text, chunk by chunk, for a CSV file or a look at the first of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from nncli.engine.types import Array
from nncli.reporting.figures import table

FIRST_ROWS = 5
Cells = Sequence[str] | Array


def text_rows(chunks: Iterable[tuple[Cells, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of chunks of columns; numbers get as many digits as tell them apart."""
    for chunk in chunks:
        yield from zip(*map(_texts, chunk), strict=True)


@dataclass
class Preview:
    """Lets rows through, counts them, and remembers the first few."""

    header: Sequence[str]
    first: list[tuple[str, ...]] = field(default_factory=list)
    count: int = 0

    def watch(self, rows: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
        """Yield the rows as they come."""
        for row in rows:
            if len(self.first) < FIRST_ROWS:
                self.first.append(row)
            self.count += 1
            yield row

    def __str__(self) -> str:
        text = table(self.header, self.first)
        more = self.count - len(self.first)
        return f"{text}\n... and {more:,} more" if more else text


def _texts(cells: Cells) -> Sequence[str]:
    if not isinstance(cells, np.ndarray):
        return cells
    texts: list[str] = (cells if cells.dtype == object else cells.astype(str)).tolist()
    return texts
