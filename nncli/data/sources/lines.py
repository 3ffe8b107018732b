"""Lines of text as the careful reader takes them: no row so long that it alone fills the memory."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import TextIO

LONGEST = 1 << 25
"""Characters of a row: a million numbers with all their digits take 25 million."""

csv.field_size_limit(LONGEST)  # as a cell of a row; otherwise 131,072, which pandas doesn't mind


class Lines:
    """The lines of a text, which are refused where a row of them gets too long."""

    def __init__(self, text: TextIO) -> None:
        self._text, self._length = text, 0

    def __iter__(self) -> Iterator[str]:
        """Yield each line with its end.

        Raises:
            csv.Error: A row is too long.
        """
        while line := self._text.readline(LONGEST + 1):
            self._length += len(line)
            if self._length > LONGEST:
                raise csv.Error(f"it has over {LONGEST:,} characters; give each row its own line")
            yield line

    def begin_row(self) -> None:
        """Say that the next line belongs to another row."""
        self._length = 0
