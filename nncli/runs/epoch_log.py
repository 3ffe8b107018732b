"""metrics.csv and sizes.csv as they grow: a row an epoch, appended, on disk every second or so.

The only files that aren't written whole: an epoch of a small network takes less than that.
"""

from __future__ import annotations

import csv
import io
import os
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from errno import ENOSPC
from pathlib import Path
from types import TracebackType

from nncli.errors import RunError
from nncli.runs.store import read_bytes, write_csv, writing
from nncli.training.history import History

FLUSH_SECONDS = 1.0
"""A row is on disk at once where none was put there for so long; else the next takes it along."""


class EpochLog:
    """A table of epochs that grows. Use it as a context manager, or call `flush` at the end.

    Every method raises RunError where the file can't be written.
    """

    def __init__(
        self, path: Path, columns: Sequence[str], rows: Mapping[int, Sequence[float]] | None = None
    ) -> None:
        """Start a new file with the header "epoch" and `columns`, and the rows of epochs done.

        It takes the place of an older one with the first rows that reach the disk.
        """
        self._path, self._header = path, ["epoch", *columns]
        self._pending = [_row(epoch, row) for epoch, row in (rows or {}).items()]
        self._started = False
        self._flushed = time.monotonic()

    def append(self, epoch: int, values: Sequence[float]) -> None:
        """Add a row; `epoch` counts from 1, `values` are in the order of the columns."""
        self._pending.append(_row(epoch, values))
        if time.monotonic() - self._flushed >= FLUSH_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Put all rows on disk, durably."""
        self._flushed = time.monotonic()
        if self._started:
            self._append("".join(f"{','.join(row)}\n" for row in self._pending).encode())
        else:
            with writing(self._path):
                self._path.parent.stat()  # a folder that was taken away is not made again
            write_csv(self._path, self._header, self._pending)
            self._started = True
        self._pending.clear()

    def _append(self, rows: bytes) -> None:
        with writing(self._path), self._path.open("r+b", buffering=0) as file:
            size = file.seek(0, os.SEEK_END)
            try:
                if file.write(rows) < len(rows):
                    raise OSError(ENOSPC, os.strerror(ENOSPC))
                os.fsync(file.fileno())
            except OSError:
                with suppress(OSError):
                    file.truncate(size)  # whole rows or none
                raise

    def __enter__(self) -> EpochLog:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.flush()


def read_history(path: Path) -> History:
    """Return the epochs of a metrics.csv, which may still grow: whole rows are read.

    Raises:
        RunError: it is missing or damaged.
    """
    columns, rows = read_epochs(path)
    return History(columns, list(rows.values()))


def read_epochs(path: Path) -> tuple[list[str], dict[int, list[float]]]:
    """Return the columns behind the epoch's, and the whole rows by epoch.

    Raises:
        RunError: the file is missing or damaged.
    """
    try:
        header, *lines = _whole_rows(read_bytes(path).decode())
        rows = {int(epoch): list(map(float, values)) for epoch, *values in lines}
        if header[:1] != ["epoch"] or any(len(line) != len(header) for line in lines):
            raise ValueError
    except (ValueError, csv.Error):
        raise RunError(
            f"{path} is damaged: its rows can't be read as numbers under its header"
        ) from None
    return header[1:], rows


def last_row(path: Path) -> dict[str, float]:
    """Return the newest whole row of a metrics.csv, its epoch included; {} where there is none."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return {}
    with suppress(ValueError, csv.Error):
        first, _, rows = text[: text.rfind("\n")].partition("\n")
        header, row = csv.reader([first, rows[rows.rfind("\n") + 1 :]])  # not all that is between
        return dict(zip(header, map(float, row), strict=True))
    return {}


def _whole_rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text[: text.rfind("\n") + 1], newline="")))


def _row(epoch: int, values: Sequence[float]) -> list[str]:
    # float() first, since a numpy float would write its own repr
    return [str(epoch), *(repr(float(value)) for value in values)]
