"""CSV and TSV files as sources. The reader here is careful and knows every mistake by its line;
tables are tried with the fast ones first (see fast.py), which hand back what isn't plain."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path

from nncli.data.naming import counted, listed, shown
from nncli.data.sources import cells, fast
from nncli.data.sources.compression import compressed
from nncli.data.sources.dialect import Dialect
from nncli.data.sources.files import check_text, existing, open_text, readable
from nncli.data.sources.lines import Lines
from nncli.data.sources.table import (
    Column,
    OptionError,
    Table,
    TextError,
    refuse_too_wide,
)
from nncli.data.sources.unread import NotPlainError
from nncli.errors import DataError

LARGE = 2_000_000
"""Bytes of text from which pandas pays, whose import takes as long as reading 5 MB without it."""
CHUNK_CELLS = 1 << 18


@dataclass(frozen=True)
class DelimitedFile:
    """A text file of rows; see open_table."""

    path: Path
    label: str
    dialect: Dialect
    names: tuple[Column, ...]
    counted: list[int] = field(default_factory=list)
    """How many rows there are, once they have been read."""

    @property
    def missing(self) -> frozenset[str]:
        """The cells that hold no value."""
        return self.dialect.missing

    @property
    def delimiter(self) -> str:
        """What stands between cells."""
        return self.dialect.delimiter or _delimiter(self.path)

    def chunks(self, numbers: Sequence[int], texts: Sequence[int] = ()) -> Iterator[Table]:
        """Read all rows piece by piece, see Source.chunks."""
        done = 0
        if self.dialect.is_plain:
            is_large = _text_size(self.path) >= LARGE
            try:
                for table in fast.chunks(self, numbers, texts, pandas=is_large):
                    yield table
                    done += len(table)
                self.counted[:] = [done]
                return
            except NotPlainError:
                pass
        yield from self._careful_chunks(numbers, texts, done)

    def place(self, row: int) -> str:
        """Return the line on which a row (from 0) stands."""
        return f"line {next(islice(self._rows(), row, None))[0]}"

    def files(self) -> list[tuple[Path, int]]:
        """Return the file and its number of rows."""
        return [(self.path, sum(self.counted))]

    def _careful_chunks(
        self, numbers: Sequence[int], texts: Sequence[int], start: int
    ) -> Iterator[Table]:
        rows = islice(self._rows(), start, None)
        at_a_time = max(1, CHUNK_CELLS // len(self.names))
        while batch := list(islice(rows, at_a_time)):
            try:
                flat = self.dialect.numbers(
                    [row[position] for _, row in batch for position in numbers]
                )
            except ValueError:
                raise self._text_among_numbers(batch, numbers) from None
            yield Table(
                source=self,
                start=start,
                numbers=flat.reshape(len(batch), len(numbers)),
                texts=tuple([row[position].strip() for _, row in batch] for position in texts),
            )
            start += len(batch)
        self.counted[:] = [start]

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        records = _records(self.path, self.label, self.dialect)
        for line, record in islice(records, int(self.dialect.header), None):
            if len(record) != len(self.names):
                raise DataError(
                    f"{self.label}: line {line} has {counted(len(record), 'cell')}, expected "
                    f"{len(self.names)} as in the first line"
                )
            yield line, record

    def _text_among_numbers(
        self, batch: Sequence[tuple[int, list[str]]], numbers: Sequence[int]
    ) -> DataError:
        bad = [p for p in numbers if not all(self.dialect.is_number(row[p]) for _, row in batch)]
        line, text = next(
            (n, row[bad[0]]) for n, row in batch if not self.dialect.is_number(row[bad[0]])
        )
        others = f" (likewise {listed([self.names[p] for p in bad[1:]])})" if bad[1:] else ""
        message = (
            f"{self.label}: column {shown(self.names[bad[0]])} must hold numbers, but line "
            f"{line} has {shown(text.strip())}{others}"
        )
        if line == 1 and not self.dialect.header:
            message += ", so it seems to hold the names of the columns"
            return OptionError(message, option="header", wanted=True, given=False)
        return TextError(message, positions=bad)


def open_delimited(path: Path, dialect: Dialect, label: str) -> DelimitedFile:
    """Open a table of text and learn its columns.

    Args:
        path: A CSV or TSV file, plain or compressed.
        dialect: How it is written.
        label: What messages call it.

    Raises:
        DataError: The file can't be read, has no rows, or a header that can't be meant.
    """
    dialect = replace(dialect, delimiter=dialect.delimiter or _delimiter(path))
    _check_decimal(label, dialect)
    check_text(existing(path, label), label)
    records = list(islice(_records(path, label, dialect), 2))
    if len(records) < 1 + dialect.header:
        raise DataError(f"{label} has {'a header but ' if records else ''}no rows")
    refuse_too_wide(label, len(records[0][1]))
    first = [cell.strip() for cell in records[0][1]]
    _check_delimiter(label, str(dialect.delimiter), first)
    names: tuple[Column, ...] = tuple(range(len(first)))
    if dialect.header:
        _check_header(label, first)
        names = tuple(cell or f"Unnamed: {i}" for i, cell in enumerate(first))
    return DelimitedFile(path, label, dialect, names)


def _records(path: Path, label: str, dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
    """Yield each record's line and cells; lines with nothing on them don't count."""
    with readable(path, label, dialect.encoding), open_text(path, dialect.encoding) as text:
        ended: list[bool] = []
        raw = Lines(text)
        lines = raw if dialect.comment is None else _uncommented(raw, dialect.comment)
        delimiter = str(dialect.delimiter)
        reader = csv.reader(chain(lines, _noting_the_end(ended)), delimiter=delimiter)
        start = 1
        try:
            for record in reader:
                if ended:  # only a cell that goes on makes the reader ask for one more line
                    raise DataError(
                        f"{label}: the record that begins in line {start} opens a quote that is "
                        "never closed; close it, or double the quotes that belong to the text"
                    )
                start = reader.line_num + 1
                raw.begin_row()
                if record and (len(record) > 1 or record[0] == "" or record[0].strip()):
                    yield reader.line_num, record
        except csv.Error as error:
            hint = "; is a quote left open?" if reader.line_num > start else ""
            raise DataError(f"{label}: line {start} can't be read: {error}{hint}") from None


def _uncommented(lines: Iterable[str], comment: str) -> Iterator[str]:
    for line in lines:
        text, mark, _ = line.partition(comment)
        yield f"{text}\n" if mark else line


def _noting_the_end(ended: list[bool]) -> Iterator[str]:
    ended.append(True)
    yield from ()


def _delimiter(path: Path) -> str:
    name = path.stem if compressed(path) else path.name
    return "\t" if Path(name).suffix in (".tsv", ".tab") else ","


def _text_size(path: Path) -> int:
    """Return about how many bytes of text a file holds; tables shrink to a fifth or less."""
    return path.stat().st_size * (5 if compressed(path) else 1)


def _check_decimal(label: str, dialect: Dialect) -> None:
    if dialect.decimal == dialect.delimiter:
        raise OptionError(
            f"{label}: {dialect.decimal!r} stands before the fraction of a number, so it can't "
            "stand between two cells too",
            option="delimiter",
            wanted=";",
            given=dialect.delimiter,
        )


def _check_delimiter(label: str, delimiter: str, first: Sequence[str]) -> None:
    if any("\0" in cell for cell in first):
        raise DataError(f"{label} isn't plain text, or is UTF-16; save the table as UTF-8")
    found = [mark for mark in ";\t|," if mark != delimiter and mark in first[0]]
    if len(first) == 1 and found:
        raise OptionError(
            f"{label} has a single column when split at {delimiter!r}; "
            f"its cells seem to be separated by {found[0]!r}",
            option="delimiter",
            wanted=found[0],
            given=delimiter,
        )


def _check_header(label: str, first: Sequence[str]) -> None:
    if all(cell and cells.is_number(cell) for cell in first) and not _are_counted(first):
        raise OptionError(
            f"{label}: the first line holds only numbers ({listed(first)}), so it seems to be "
            "a row and not the names of the columns",
            option="header",
            wanted=False,
            given=True,
        )
    twice = sorted(name for name, times in Counter(first).items() if name and times > 1)
    if twice:
        raise DataError(f"{label}: several columns are named {listed(twice)}; rename them")


def _are_counted(names: Sequence[str]) -> bool:
    return any(all(cell == str(i) for i, cell in enumerate(names, base)) for base in (0, 1))
