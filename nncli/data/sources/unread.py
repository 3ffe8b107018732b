"""What of a file hasn't been read yet, for one reader after the other."""

from __future__ import annotations

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

    def begins_with(self, mark: bytes) -> bool:
        """Tell whether these bytes come next."""
        self._held += self._file.read(max(0, len(mark) - len(self._held)))
        return self._held.startswith(mark)

    def line(self, longest: int) -> bytes:
        """Return one line or, if it is longer, its beginning; for who put nothing back."""
        return self._file.readline(longest)

    def lines(self, size: int) -> bytes:
        """Return the whole lines among about so many bytes, at the end the last line too.

        Nothing is returned if there is none, because the next line is longer.
        """
        more, after = self._file.read(size), self._file.read(1)
        text = self._held + more + after
        end = text.rfind(b"\n") + 1 if after else len(text)
        self._held = text[end:]
        return text[:end]

    def put_back(self, text: bytes) -> None:
        """Take back what was returned last."""
        self._held = text + self._held

    def read(self, size: int) -> bytes:
        """Return at most so many further bytes, none at the end."""
        if self._held:
            text, self._held = self._held[:size], self._held[size:]
            return text
        return self._file.read(size)
