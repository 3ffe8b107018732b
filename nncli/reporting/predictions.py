"""Predictions as rows of text, chunk by chunk, for a CSV file or a look at the first of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np

from nncli.engine.types import Array
from nncli.reporting.figures import table

FIRST_ROWS = 5
Cells = Sequence[str] | Array


def text_rows(chunks: Iterable[tuple[Cells, ...]]) -> Iterator[tuple[str, ...]]:
    """Return the rows of chunks of columns; numbers get as many digits as tell them apart."""
    return chain.from_iterable(zip(*map(_texts, chunk), strict=True) for chunk in chunks)


@dataclass
class Preview:
    """Lets chunks of columns through, counts their rows, and remembers the first few."""

    header: Sequence[str]
    first: list[tuple[str, ...]] = field(default_factory=list)
    count: int = 0

    def watch(self, chunks: Iterable[tuple[Cells, ...]]) -> Iterator[tuple[Cells, ...]]:
        """Yield the chunks as they come."""
        for chunk in chunks:
            if wanted := FIRST_ROWS - len(self.first):
                self.first += text_rows([tuple(cells[:wanted] for cells in chunk)])
            self.count += len(chunk[0])
            yield chunk

    def __str__(self) -> str:
        text = table(self.header, self.first)
        more = self.count - len(self.first)
        return f"{text}\n... and {more:,} more" if more else text


def _texts(cells: Cells) -> Sequence[str]:
    if not isinstance(cells, np.ndarray):
        return cells
    texts: list[str] = (cells if cells.dtype == object else cells.astype(str)).tolist()
    return texts
