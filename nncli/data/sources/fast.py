"""The fast readers of tables of text. They answer only where the careful one would answer the same
to the bit, and hand everything else on, in the end to that one, above all mistakes to be explained.

Plain numbers are read as such (plain.py), from the first rows with too much else on by pandas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from nncli.data.sources import plain
from nncli.data.sources.compression import unreadable
from nncli.data.sources.files import open_recoded
from nncli.data.sources.table import Table
from nncli.data.sources.unread import NotPlainError, Unread

if TYPE_CHECKING:
    from nncli.data.sources.delimited import DelimitedFile


def chunks(
    file: DelimitedFile, numbers: Sequence[int], texts: Sequence[int], *, pandas: bool
) -> Iterator[Table]:
    """Read a table as DelimitedFile.chunks does, if need be by pandas where that is allowed.

    Raises:
        NotPlainError: The careful reader is to go on from here.
    """
    if len(file.names) == 1:
        raise NotPlainError  # a blank line could be a blank cell
    try:
        with open_recoded(file.path, file.dialect.encoding) as opened:
            unread = Unread(opened, has_header=file.dialect.header)
            start = yield from plain.tables(file, unread, numbers, texts)
            if unread.is_empty:
                return
            if not pandas:
                raise NotPlainError
            from nncli.data.sources import frames  # pandas is slow to import

            yield from frames.tables(file, unread, start, numbers, texts)
    except _refusals():
        raise NotPlainError from None


def _refusals() -> tuple[type[Exception], ...]:
    return (ValueError, OverflowError, *unreadable())
