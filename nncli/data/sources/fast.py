"""Large tables by pandas's C parser. It answers only where the careful reader would answer the
same to the bit, and hands everything else back to it, above all the mistakes to be explained."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import numpy as np
import pandas as pd

from nncli.data.sources.files import open_bytes
from nncli.data.sources.table import Table

if TYPE_CHECKING:
    from nncli.data.sources.delimited import DelimitedFile


_CHUNK_CELLS = 1 << 22
"""Cells read at a time; pandas needs some 25 bytes for each, and some time for each column."""
_MOST_ROWS = 1 << 16


class NotPlainError(Exception):
    """The table, or the rest of it, needs the careful reader."""


class _Bytes:
    """A file that pandas takes its bytes from as they are, with no detour over text."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        block = self._file.read(size)
        if b"\0" in block:  # the C parser would end the cell there
            raise NotPlainError
        return block

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._file)


def chunks(file: DelimitedFile, numbers: Sequence[int], texts: Sequence[int]) -> Iterator[Table]:
    """Read a table as DelimitedFile.chunks does.

    Raises:
        NotPlainError: The careful reader is to go on from here.
    """
    width = len(file.names)
    if width == 1:
        raise NotPlainError  # where pandas sees no difference between a blank line and blank cell
    last = width - 1
    options: dict[str, Any] = {
        "sep": file.delimiter,
        "header": 0 if file.header else None,
        "names": range(width),
        "dtype": dict.fromkeys((*texts, *({last} - set(numbers))), object),
        "na_filter": False,  # a quarter of the time; missing cells are the careful reader's
        "low_memory": False,
        "chunksize": min(_MOST_ROWS, max(1, _CHUNK_CELLS // width)),
    }
    try:
        with (
            open_bytes(file.path) as opened,
            pd.read_csv(cast(Any, _Bytes(opened)), **options) as frames,
        ):
            start = 0
            for frame in frames:
                table = _table(file, start, frame, numbers, texts)
                del frame  # before the next one is made
                start += len(table)
                yield table
    except (ValueError, OverflowError, OSError, EOFError, zlib.error):
        raise NotPlainError from None


def _table(
    file: DelimitedFile,
    start: int,
    frame: pd.DataFrame,
    numbers: Sequence[int],
    texts: Sequence[int],
) -> Table:
    columns = frame[list(numbers)]
    if not all(dtype.kind in "iuf" for dtype in columns.dtypes):
        raise NotPlainError
    last = len(file.names) - 1
    if last not in numbers and (frame[last] == "").any():
        raise NotPlainError  # a row that is too short looks like one that ends in empty cells
    return Table(
        source=file,
        start=start,
        numbers=columns.to_numpy(np.float64),
        texts=tuple([cell.strip() for cell in frame[position].tolist()] for position in texts),
    )
