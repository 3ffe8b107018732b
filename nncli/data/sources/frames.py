"""Large tables by pandas's C parser, see fast.py."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pandas as pd

from nncli.data.sources.table import Table
from nncli.data.sources.unread import NotPlainError, Unread
from nncli.engine.types import Array

if TYPE_CHECKING:
    from nncli.data.sources.delimited import DelimitedFile


_CHUNK_CELLS = 1 << 22
"""Cells read at a time; pandas needs some 25 bytes for each, and some time for each column."""
_MOST_ROWS = 1 << 16
_MOST_BYTES = 1 << 28
"""Of text read for a chunk. What takes more is a line or a quoted cell without end."""
_ROUNDS_ONCE = tuple(map(int, pd.__version__.split(".")[:2])) >= (3, 1)
"""Before, one in seven numbers of 17 digits got another last bit than Python's, unless asked."""


class _Bytes:
    """A file that pandas takes its bytes from as they are, with no detour over text."""

    def __init__(self, unread: Unread) -> None:
        self._unread = unread
        self._held_return = b""
        self.taken = 0

    def read(self, size: int) -> bytes:
        block = self._unread.read(size)
        self.taken += len(block)
        # The C parser would end the cell at \0, and may lose cells behind a \r without \n.
        if b"\0" in block or self._has_lone_return(block) or self.taken > _MOST_BYTES:
            raise NotPlainError
        return block

    def _has_lone_return(self, block: bytes) -> bool:
        """Tell of carriage returns without line feeds; the next block judges one at the end."""
        text = self._held_return + block
        self._held_return = b"\r" if block.endswith(b"\r") else b""
        return text.count(b"\r") - len(self._held_return) != text.count(b"\r\n")

    def __iter__(self) -> Iterator[bytes]:
        raise NotImplementedError  # pandas wants to see it and never calls it


def tables(
    file: DelimitedFile, unread: Unread, start: int, numbers: Sequence[int], texts: Sequence[int]
) -> Iterator[Table]:
    """Yield all rows that are unread, numbered from `start`.

    Raises:
        NotPlainError: The careful reader is to go on from here.
        ValueError: Likewise.
    """
    at_start = unread.has_header or not (start or file.dialect.header)
    if unread.begins_with(codecs.BOM_UTF8) and not at_start:
        raise NotPlainError  # pandas would take a cell's own character for the file's mark
    width = len(file.names)
    last = width - 1
    options: dict[str, Any] = {
        "sep": file.delimiter,
        "header": 0 if unread.has_header else None,
        "names": range(width),
        "dtype": dict.fromkeys((*texts, *({last} - set(numbers))), object),
        "na_filter": False,  # a quarter of the time; columns with missing cells come as text
        "low_memory": False,
        "float_precision": None if _ROUNDS_ONCE else "round_trip",
        "chunksize": min(_MOST_ROWS, max(1, _CHUNK_CELLS // width)),
    }
    with pd.read_csv(cast(Any, text := _Bytes(unread)), **options) as frames:
        for frame in frames:
            text.taken = 0
            table = _table(file, start, frame, numbers, texts)
            del frame  # before the next one is made
            start += len(table)
            yield table


def _table(
    file: DelimitedFile,
    start: int,
    frame: pd.DataFrame,
    numbers: Sequence[int],
    texts: Sequence[int],
) -> Table:
    last = len(file.names) - 1
    if frame[last].dtype.kind == "O" and (frame[last] == "").any():
        raise NotPlainError  # a row that is too short looks like one that ends in empty cells
    if not isinstance(frame.index, pd.RangeIndex):
        raise NotPlainError  # a first row that is too long seems to begin with its name
    kinds = [dtype.kind for dtype in frame.dtypes]  # to look into every column takes 20 us each
    for position in numbers:
        if kinds[position] not in "iuf":
            frame[position] = _numbers(file, frame[position].tolist())
    return Table(
        source=file,
        start=start,
        numbers=file.dialect.blanked(frame[list(numbers)].to_numpy(np.float64)),
        texts=tuple([cell.strip() for cell in frame[position].tolist()] for position in texts),
    )


def _numbers(file: DelimitedFile, cells: Sequence[object]) -> Array:
    """Return the numbers of a column in which some cells are missing."""
    if not all(isinstance(cell, str) for cell in cells):
        raise NotPlainError  # as True, which pandas has made of text
    return file.dialect.numbers(cast(Sequence[str], cells))  # ValueError where there is text
