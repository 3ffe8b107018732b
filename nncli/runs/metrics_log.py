"""metrics.csv as it happens: one row per epoch, appended, on disk every second or so.

The one file that isn't written whole: an epoch of a small network takes less than an atomic write.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from nncli.runs.store import write_csv, writing

FLUSH_SECONDS = 1.0
"""A row is on disk at once where none was put there for so long; else the next takes it along."""


class MetricsLog:
    """A metrics.csv that grows. Use it as a context manager, or call `flush` at the end.

    Every method raises RunError where the file can't be written.
    """

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        """Start a new file with the header "epoch" and `columns`."""
        write_csv(path, ["epoch", *columns], [])
        self._path = path
        self._pending: list[str] = []
        self._flushed = time.monotonic()

    def append(self, epoch: int, values: Sequence[float]) -> None:
        """Add a row; `epoch` counts from 1, `values` are in the order of the columns."""
        # float() first, since a numpy float would write its own repr
        self._pending.append(",".join([str(epoch), *(repr(float(value)) for value in values)]))
        if time.monotonic() - self._flushed >= FLUSH_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Put all rows on disk, durably."""
        rows, self._pending = self._pending, []
        self._flushed = time.monotonic()
        with writing(self._path), self._path.open("a", encoding="utf-8", newline="") as file:
            file.writelines(f"{row}\n" for row in rows)
            file.flush()
            os.fsync(file.fileno())

    def __enter__(self) -> MetricsLog:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.flush()
