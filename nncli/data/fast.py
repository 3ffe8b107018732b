"""Large tables by pandas's C parser. It answers only where the careful reader would answer the
same to the bit, and hands everything else back to it, above all the mistakes to be explained."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import numpy as np
import pandas as pd

from nncli.data.cells import MISSING
from nncli.data.files import open_bytes
from nncli.data.table import Table
from nncli.engine.types import Array

if TYPE_CHECKING:
    from nncli.data.delimited import DelimitedFile


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


def chunks(
    file: DelimitedFile, numbers: Sequence[int], texts: Sequence[int], rows: int
) -> Iterator[Table]:
    """Read a table as DelimitedFile.chunks does.

    Raises:
        NotPlainError: The careful reader is to go on from here.
    """
    last = len(file.names) - 1
    options: dict[str, Any] = {
        "sep": file.delimiter,
        "header": 0 if file.header else None,
        "names": range(last + 1),
        "dtype": dict.fromkeys((*texts, *({last} - set(numbers))), object),
        "keep_default_na": False,
        "na_values": dict.fromkeys(numbers, MISSING),
        "chunksize": rows,
        "low_memory": False,
    }
    try:
        with (
            open_bytes(file.path) as opened,
            pd.read_csv(cast(Any, _Bytes(opened)), **options) as frames,
        ):
            start = 0
            for frame in frames:
                if frame[last].isin(("", np.nan)).any():
                    raise NotPlainError  # a row that is too short looks like one with empty cells
                yield Table(
                    source=file,
                    start=start,
                    numbers=_numbers(frame, numbers),
                    texts=tuple(_text(frame, position) for position in texts),
                )
                start += len(frame)
    except (ValueError, OverflowError, OSError, EOFError, zlib.error):
        raise NotPlainError from None


def _numbers(frame: pd.DataFrame, positions: Sequence[int]) -> Array:
    columns = frame[list(positions)]
    if not all(dtype.kind in "iuf" for dtype in columns.dtypes):
        raise NotPlainError
    return columns.to_numpy(np.float64) + 0.0


def _text(frame: pd.DataFrame, position: int) -> list[str]:
    return [cell.strip() for cell in frame[position].tolist()]
