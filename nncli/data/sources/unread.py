"""What of a file hasn't been read yet, for one reader after the other."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import BinaryIO


class NotPlainError(Exception):
    """The table, or the rest of it, needs another reader."""


class Unread:
    """The bytes that come next. Whoever takes some and can't use them puts them back."""

    def __init__(self, file: BinaryIO, *, has_header: bool) -> None:
        self._file = file
        self._held = b""
        self.has_header = has_header
        """Whether the next line names the columns."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left."""
        self._held = self._held or self._file.read(1)
        return not self._held

    def lines(self, count: int, longest: int) -> bytes:
        """Return so many lines, fewer only at the end; for who put nothing back.

        One that is longer than the longest counts several times, and may end in its middle.
        """
        return b"".join(islice(iter(partial(self._file.readline, longest), b""), count))

    def put_back(self, text: bytes) -> None:
        """Take back all that was returned last."""
        self._held = text

    def read(self, size: int) -> bytes:
        """Return at most so many further bytes, none at the end."""
        if self._held:
            text, self._held = self._held[:size], self._held[size:]
            return text
        return self._file.read(size)
