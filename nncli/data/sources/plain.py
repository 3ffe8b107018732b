"""Rows of plain numbers, straight from their bytes; see grid.py for how."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING

from nncli.data.sources.grid import LONGEST_NUMBER, Grid, keep_memory
from nncli.data.sources.table import Table
from nncli.data.sources.unread import NotPlainError, Unread

if TYPE_CHECKING:
    from nncli.data.sources.delimited import DelimitedFile

_BYTES = 1 << 18
"""Read at a time: what is worked out for each of them stays in a processor's cache."""
_LONGEST_HEADER = 1 << 24


def tables(
    file: DelimitedFile, unread: Unread, numbers: Sequence[int], texts: Sequence[int]
) -> Generator[Table, None, int]:
    """Yield rows as long as most of their cells are plain numbers; return how many they were.

    The others stay unread.
    """
    width, start = len(file.names), 0
    delimiter = file.delimiter.encode()
    if len(delimiter) > 1 or delimiter in b"-0123456789":
        return start
    if unread.has_header and not _skip_header(unread, delimiter):
        return start
    keep_memory()
    size = max(_BYTES, width * (LONGEST_NUMBER + 1) + len("\r\n"))  # at least one row
    while lines := unread.lines(size):
        text = _without_blanks(lines)
        if not text:
            continue
        try:
            grid = Grid.of(text, delimiter, width)
            table = Table(
                source=file,
                start=start,
                numbers=file.dialect.blanked(grid.numbers(numbers, file.dialect.numbers)),
                texts=tuple(map(grid.texts, texts)),
            )
        except (NotPlainError, ValueError):
            unread.put_back(lines)
            break
        yield table
        start += len(table)
    return start


def _skip_header(unread: Unread, delimiter: bytes) -> bool:
    """Read the line that names the columns, if it is a plain one; tell whether it was."""
    line = unread.line(_LONGEST_HEADER)
    while line and delimiter not in line and not line.decode("utf-8-sig", "replace").strip():
        line = unread.line(_LONGEST_HEADER)  # of blanks that pandas may not know
    unread.has_header = not line.endswith(b"\n") or b'"' in line or b"\r" in line.rstrip(b"\r\n")
    if unread.has_header:
        unread.put_back(line)
    return not unread.has_header


def _without_blanks(lines: bytes) -> bytes:
    """Return lines that end in the one way, without blank ones around them."""
    if b"\r" in lines:
        lines = lines.replace(b"\r\n", b"\n")
    text = lines.strip(b"\n")
    return text + b"\n" if text else text
