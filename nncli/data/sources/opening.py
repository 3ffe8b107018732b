"""Opens whatever a table is kept in, told by its name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nncli.data.sources.delimited import open_delimited
from nncli.data.sources.dialect import Dialect
from nncli.data.sources.files import STANDARD_INPUT, standard_input
from nncli.data.sources.several import is_pattern, matching, open_several
from nncli.data.sources.table import Source

_PARQUET = (".parquet", ".pq")
_ARRAYS = (".npz", ".npy")


@contextmanager
def opened(path: Path, dialect: Dialect | None = None) -> Iterator[Source]:
    """Open a table for as long as the block runs.

    Args:
        path: A file, a pattern such as `part-*.csv` for several files with the same columns, or
            "-" for standard input, which is text.
        dialect: How a table of text is written.

    Raises:
        DataError: There is nothing that can be read.
    """
    dialect = dialect or Dialect()
    if str(path) == STANDARD_INPUT:
        with standard_input() as copy:
            yield open_delimited(copy, dialect, "standard input")
    elif is_pattern(path):
        yield open_several(path, [open_file(file, dialect) for file in matching(path)])
    else:
        yield open_file(path, dialect)


def open_file(path: Path, dialect: Dialect) -> Source:
    """Open a table that is one file.

    Raises:
        DataError: It can't be read.
    """
    if path.suffix in _PARQUET:
        from nncli.data.sources.parquet import open_parquet

        return open_parquet(path)
    if path.suffix in _ARRAYS:
        from nncli.data.sources.arrays import open_arrays

        return open_arrays(path)
    return open_delimited(path, dialect, str(path))


def holds_text(path: Path) -> bool:
    """Tell by its name whether a table is text."""
    return path.suffix not in (*_PARQUET, *_ARRAYS)
