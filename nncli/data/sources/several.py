"""Several files with the same columns, read one after the other as one table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from glob import has_magic
from itertools import takewhile
from pathlib import Path

from nncli.data.naming import listed
from nncli.data.sources.files import existing
from nncli.data.sources.table import Column, Source, Table
from nncli.errors import DataError


@dataclass(frozen=True)
class SeveralFiles:
    """Tables whose columns have the same names, in whatever order."""

    path: Path
    """The pattern."""
    parts: tuple[Source, ...]

    @property
    def label(self) -> str:
        """What messages call it."""
        return str(self.path)

    @property
    def names(self) -> tuple[Column, ...]:
        """The columns, in the order of the first file."""
        return self.parts[0].names

    @property
    def missing(self) -> frozenset[str]:
        """The texts that hold no value."""
        return self.parts[0].missing

    def chunks(self, numbers: Sequence[int], texts: Sequence[int] = ()) -> Iterator[Table]:
        """Read all rows piece by piece, see Source.chunks."""
        start = 0
        for part in self.parts:
            where = [part.names.index(name) for name in self.names]
            columns = [where[i] for i in numbers], [where[i] for i in texts]
            for table in part.chunks(*columns):
                yield replace(table, source=self, start=start)
                start += len(table)

    def place(self, row: int) -> str:
        """Return the file and the line on which a row (from 0) stands."""
        for path, part, rows in self._counted():
            if row < rows:
                return f"{part.place(row)} of {path.name}"
            row -= rows
        return f"row {row}"

    def files(self) -> list[tuple[Path, int]]:
        """Return the files, each with its number of rows, once all have been read."""
        return [file for part in self.parts for file in part.files()]

    def _counted(self) -> Iterator[tuple[Path, Source, int]]:
        for part in self.parts:
            yield part.path, part, sum(len(table) for table in part.chunks(()))


def is_pattern(path: Path) -> bool:
    """Tell whether a path stands for all files that match it."""
    return has_magic(str(path)) and not path.exists()


def files_at(path: Path) -> list[Path]:
    """Return the file, or all files that a pattern matches, sorted by name.

    Raises:
        DataError: There are none.
    """
    return matching(path) if is_pattern(path) else [existing(path)]


def matching(pattern: Path) -> list[Path]:
    """Return the files that a pattern matches, sorted by name.

    Raises:
        DataError: There are none.
    """
    fixed = Path(*takewhile(lambda part: not has_magic(part), pattern.parts))
    files = sorted(file for file in fixed.glob(str(pattern.relative_to(fixed))) if file.is_file())
    if not files:
        raise DataError(f"no file matches {pattern}")
    return files


def open_several(pattern: Path, parts: Sequence[Source]) -> Source:
    """Return tables as one.

    Raises:
        DataError: Their columns have different names.
    """
    first = parts[0]
    for part in parts[1:]:
        if set(part.names) != set(first.names):
            odd = sorted(map(str, set(part.names) ^ set(first.names)))
            raise DataError(
                f"{part.label} and {first.label} have different columns: only one of them has "
                f"{listed(odd)}; name files with the same columns, or mend the pattern {pattern}"
            )
    return parts[0] if len(parts) == 1 else SeveralFiles(pattern, tuple(parts))
