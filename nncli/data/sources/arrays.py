"""Tables kept by numpy: a .npy file of rows and columns, or a .npz file of arrays with names."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tokenize import TokenError
from typing import IO
from zipfile import ZipFile

import numpy as np
from numpy.lib.format import read_array_header_1_0, read_array_header_2_0, read_magic

from nncli.data.naming import counted
from nncli.data.sources.cells import MISSING
from nncli.data.sources.compression import refuse_bomb, refuse_unusual
from nncli.data.sources.files import existing, readable
from nncli.data.sources.table import Column, Table, refuse_too_wide
from nncli.data.sources.typed import refuse_texts, rows_at_a_time, stacked
from nncli.engine.types import Array
from nncli.errors import DataError

_DAMAGED = (
    ValueError,
    LookupError,
    TypeError,
    OverflowError,
    RecursionError,
    MemoryError,
    SyntaxError,
    TokenError,
)
"""What numpy raises of files that are none of its own: their headers are Python's literals."""


@dataclass(frozen=True)
class ArrayTable:
    """Columns of arrays; see open_arrays."""

    path: Path
    names: tuple[Column, ...]
    columns: tuple[Array, ...]
    """One (rows,) view for each name."""

    @property
    def label(self) -> str:
        """What messages call it."""
        return str(self.path)

    @property
    def missing(self) -> frozenset[str]:
        """The texts that hold no value."""
        return MISSING

    def chunks(self, numbers: Sequence[int], texts: Sequence[int] = ()) -> Iterator[Table]:
        """Read all rows piece by piece, see Source.chunks."""
        kinds = ["" if c.dtype.kind in "iuf" else str(c.dtype) for c in self.columns]
        refuse_texts(self.label, self.names, numbers, kinds)
        step = rows_at_a_time(len(numbers) + len(texts))
        for start in range(0, len(self.columns[0]), step):
            parts = [column[start : start + step] for column in self.columns]
            yield Table(
                source=self,
                start=start,
                numbers=stacked([parts[position] for position in numbers], len(parts[0])),
                texts=tuple(parts[position].astype(str).tolist() for position in texts),
            )

    def place(self, row: int) -> str:
        """Return the row's number."""
        return f"row {row}"

    def files(self) -> list[tuple[Path, int]]:
        """Return the file and its number of rows."""
        return [(self.path, len(self.columns[0]))]


def open_arrays(path: Path) -> ArrayTable:
    """Open a file of arrays and learn its columns.

    The columns of a .npy file are 0, 1, 2, ...; an array of a .npz file is a column of its name,
    or where a row of it holds several values, columns x_0, x_1, ... in their order.

    Raises:
        DataError: It can't be read, holds Python objects, or arrays of different lengths.
    """
    with readable(existing(path), str(path)):
        try:
            arrays = _arrays(path)
        except _DAMAGED as error:
            raise DataError(
                f"{path} can't be read: {str(error) or 'it is damaged'}; save arrays of numbers or "
                "text, with numpy.save or numpy.savez"
            ) from None
    lengths = {len(array) for array in arrays.values() if array.ndim and array.size}
    if len(lengths) != 1 or not all(array.ndim and array.size for array in arrays.values()):
        found = ", ".join(f"{name} {array.shape}" for name, array in arrays.items())
        raise DataError(
            f"{path} must hold arrays of the same number of rows, but has {found or 'none'}; save "
            "the arrays of one table to a file"
        )
    refuse_too_wide(str(path), sum(array[:1].size for array in arrays.values()))
    columns: dict[Column, Array] = {}
    for name, array in arrays.items():
        flat = array.reshape(len(array), -1)
        for place, column in enumerate(flat.T):
            columns[place if not name else name if array.ndim == 1 else f"{name}_{place}"] = column
    if len(columns) < sum(array[:1].size for array in arrays.values()):
        raise DataError(f"{path}: {counted(2, 'array')} give columns of the same name; rename one")
    return ArrayTable(path, tuple(columns), tuple(columns.values()))


def _arrays(path: Path) -> dict[str, Array]:
    """Return a file's arrays by name, after a look at what their headers promise."""
    with path.open("rb") as file:
        packed = file.read(2) == b"PK"
        file.seek(0)
        if not packed:
            _refuse_promises(file, path.stat().st_size)
            return {"": np.load(path, allow_pickle=False)}
    with ZipFile(path) as archive:
        entries = archive.infolist()
        refuse_unusual(path, archive)
        refuse_bomb(path, path.stat().st_size, sum(entry.file_size for entry in entries))
        for entry in entries:
            with archive.open(entry) as member:
                _refuse_promises(member, entry.file_size)
    with np.load(path, allow_pickle=False) as loaded:
        return dict(loaded)


def _refuse_promises(file: IO[bytes], size: int) -> None:
    """Refuse an array whose header promises more than the file has; memory is taken by it."""
    version = read_magic(file)
    read = read_array_header_1_0 if version == (1, 0) else read_array_header_2_0
    shape, _, dtype = read(file)
    left = size - file.tell()
    if min(shape, default=1) < 0 or math.prod(shape) * max(1, dtype.itemsize) > left:
        raise ValueError(f"its header promises {shape} values of {dtype}, but it has {left} bytes")
    if dtype.kind == "V":
        raise ValueError(f"its values are of type {dtype}")
