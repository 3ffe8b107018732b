"""Parquet files, by pyarrow, which isn't installed with nncli unless asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from nncli.data.sources.cells import MISSING
from nncli.data.sources.files import existing, readable
from nncli.data.sources.table import Column, Table, refuse_too_wide
from nncli.data.sources.typed import CHUNK_CELLS, refuse_texts, rows_at_a_time, stacked
from nncli.errors import DataError

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

FINE_PAGES, MOST_PAGES = 1 << 26, 200
"""How many bytes of pages may be unpacked whatever the file's size, and how many times its size."""
FINE_CELLS, MOST_CELLS = 1 << 30, 1000
"""The same for cells of 8 bytes: more, since pages say in a few bytes that thousands are alike, as
they are in tables that are mostly zeros."""
MOST_ROWS = 1 << 12
"""Where there is text, which may be long."""


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
        size, start = min(rows_at_a_time(len(wanted)), MOST_ROWS if texts else CHUNK_CELLS), 0
        for batch in self._batches(size, wanted):
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

    def _batches(self, rows: int, names: Sequence[str]) -> Iterator[Any]:
        """Yield batches; texts are counted, for some are kept as what they add to the last one."""
        done = 0
        with _intact(self.path):
            for batch in self.file.iter_batches(batch_size=rows, columns=names):
                done += sum(c.nbytes for c in batch.columns if not hasattr(c, "dictionary"))
                _refuse_cells(self.path, done)
                yield batch

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
            f"{path} takes pyarrow to read it; install it with: pip install pyarrow"
        ) from None
    with _intact(existing(path)):
        file = ParquetFile(path)
        fields = [field for field in file.schema_arrow if not pa.types.is_nested(field.type)]
        _refuse_bomb(path, file.metadata, len(fields))
        texts = [field.name for field in fields if _is_text(field.type)]
        file = ParquetFile(path, read_dictionary=_repeated(file.metadata, texts))
    refuse_too_wide(str(path), len(fields))
    if not fields or not file.metadata.num_rows:
        raise DataError(f"{path} has no {'rows' if fields else 'columns'}")
    kinds = ("" if _holds_numbers(field.type) else str(field.type) for field in fields)
    return ParquetTable(path, file, tuple(field.name for field in fields), tuple(kinds))


@contextmanager
def _intact(path: Path) -> Iterator[None]:
    """Turn what pyarrow raises of a file that it can't read into a DataError."""
    from pyarrow import ArrowException

    with readable(path, str(path)):
        try:
            yield
        except (ArrowException, OSError) as error:
            if isinstance(error, OSError) and error.errno:
                raise
            raise DataError(f"{path} is no Parquet file, or a damaged one: {error}") from None


def _refuse_bomb(path: Path, metadata: Any, columns: int) -> None:
    """Refuse a file of which far too much would come, by what it says itself."""
    groups = range(metadata.num_row_groups)
    pages = sum(metadata.row_group(i).total_byte_size for i in groups)
    _refuse_growth(path, pages, max(FINE_PAGES, MOST_PAGES * path.stat().st_size))
    _refuse_cells(path, 8 * columns * metadata.num_rows)


def _refuse_cells(path: Path, size: int) -> None:
    _refuse_growth(path, size, max(FINE_CELLS, MOST_CELLS * path.stat().st_size))


def _refuse_growth(path: Path, size: int, most: int) -> None:
    if size > most:
        raise DataError(
            f"{path} would grow from {path.stat().st_size:,} to {size:,} bytes or more, as no "
            "table does, and could fill the memory; if it is one all the same, save it again with "
            "pandas's to_parquet(..., compression=None, use_dictionary=False)"
        )


def _repeated(metadata: Any, names: Sequence[str]) -> list[str]:
    """Return the columns that can be read as numbers of texts, so that each text is there once."""
    groups = [metadata.row_group(i) for i in range(metadata.num_row_groups)]
    chunks = [group.column(i) for group in groups for i in range(group.num_columns)]
    odd = {c.path_in_schema for c in chunks if any(e.startswith("DELTA") for e in c.encodings)}
    return [name for name in names if name not in odd]


def _is_text(kind: Any) -> bool:
    from pyarrow import types

    return bool(types.is_string(kind) or types.is_large_string(kind))


def _holds_numbers(kind: Any) -> bool:
    from pyarrow import types

    return bool(types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind))


def _numbers(column: Any) -> Any:
    return np.asarray(column.cast("float64").to_numpy(zero_copy_only=False), np.float64)


def _texts(column: Any) -> list[str]:
    """Return cells as text: dates as ISO 8601 has them, missing ones as nothing."""
    if hasattr(column, "dictionary"):
        used = column.indices.unique()
        texts = dict(zip(used.to_pylist(), _texts(column.dictionary.take(used)), strict=True))
        return [texts[index] for index in column.indices.to_pylist()]
    return ["" if cell is None else str(cell) for cell in column.to_pylist()]
