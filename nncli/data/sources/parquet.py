"""Parquet files, by pyarrow, which is installed with the extra nncli[parquet]."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from nncli.data.sources.cells import MISSING
from nncli.data.sources.files import existing, readable
from nncli.data.sources.table import Column, Table
from nncli.data.sources.typed import refuse_texts, rows_at_a_time, stacked
from nncli.errors import DataError

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile


@dataclass(frozen=True)
class ParquetTable:
    """A Parquet file; see open_parquet."""

    path: Path
    file: ParquetFile
    names: tuple[Column, ...]
    kinds: tuple[str, ...]
    """The type of each column that doesn't hold numbers; "" for those that do."""

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
        refuse_texts(self.label, self.names, numbers, self.kinds)
        wanted = [str(self.names[position]) for position in {*numbers, *texts}]
        size, start = rows_at_a_time(len(wanted)), 0
        for batch in self.file.iter_batches(batch_size=size, columns=wanted):
            columns = {name: batch.column(name) for name in wanted}
            yield Table(
                source=self,
                start=start,
                numbers=stacked(
                    [_numbers(columns[str(self.names[p])]) for p in numbers], len(batch)
                ),
                texts=tuple(_texts(columns[str(self.names[p])]) for p in texts),
            )
            start += len(batch)

    def place(self, row: int) -> str:
        """Return the row's number."""
        return f"row {row}"

    def files(self) -> list[tuple[Path, int]]:
        """Return the file and its number of rows."""
        return [(self.path, self.file.metadata.num_rows)]


def open_parquet(path: Path) -> ParquetTable:
    """Open a Parquet file and learn its columns; nested ones are left out.

    Raises:
        DataError: It can't be read, or pyarrow isn't installed.
    """
    try:
        import pyarrow as pa
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise DataError(
            f"{path} takes pyarrow to read it; install it with: pip install 'nncli[parquet]'"
        ) from None
    with readable(existing(path), str(path)):
        try:
            file = ParquetFile(path)
        except pa.ArrowInvalid as error:
            raise DataError(f"{path} is no Parquet file, or a damaged one: {error}") from None
    fields = [field for field in file.schema_arrow if not pa.types.is_nested(field.type)]
    if not fields or not file.metadata.num_rows:
        raise DataError(f"{path} has no {'rows' if fields else 'columns'}")
    kinds = ("" if _holds_numbers(field.type) else str(field.type) for field in fields)
    return ParquetTable(path, file, tuple(field.name for field in fields), tuple(kinds))


def _holds_numbers(kind: Any) -> bool:
    from pyarrow import types

    return bool(types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind))


def _numbers(column: Any) -> Any:
    return np.asarray(column.cast("float64").to_numpy(zero_copy_only=False), np.float64)


def _texts(column: Any) -> list[str]:
    """Return cells as text: dates as ISO 8601 has them, missing ones as nothing."""
    return ["" if cell is None else str(cell) for cell in column.to_pylist()]
