"""Files as bytes and text: found, opened, decompressed and fingerprinted, or refused in words."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import shutil
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from nncli.errors import DataError


@dataclass(frozen=True, kw_only=True)
class FileRecord:
    """What identifies a table that was read."""

    path: Path
    sha256: str
    """Of the file's bytes as they lie on the disk."""
    rows: int


_FORMATS = {
    b"PK\x03\x04": "a spreadsheet or zip archive; export the sheet as CSV",
    b"\x1f\x8b": "gzipped; give it a name that ends in .gz",
    b"PAR1": "a Parquet file; export it as CSV",
}
"""Files that are taken for tables of text, by their first bytes."""


def beside(directory: Path, name: str) -> Path:
    """Return the path of a file that a config in `directory` names, without detours over `..`."""
    path = directory / name
    short = Path(os.path.normpath(path))
    leads_elsewhere = path.exists() and not (short.exists() and short.samefile(path))
    return path if leads_elsewhere else short  # behind a symbolic link `..` is another folder


def existing(path: Path, label: str | None = None) -> Path:
    """Return the path, for a file that is there and holds something that may be text.

    Raises:
        DataError: It is missing, a directory, empty or of another format.
    """
    if path.is_dir():
        raise DataError(f"{path} is a directory; name a table in it{_tables_in(path)}")
    if not path.exists():
        raise DataError(f"{path} doesn't exist{_nearest(path)}")
    if path.is_file() and path.stat().st_size == 0:
        raise DataError(f"{label or path} is empty")
    if path.is_file() and not compressed(path):
        with readable(path, label or str(path)), path.open("rb") as file:
            start = file.read(4)
        for mark, what in _FORMATS.items():
            if start.startswith(mark):
                raise DataError(f"{label or path} is {what}")
    return path


def fingerprint(path: Path) -> str:
    """Return the sha256 of the file's bytes as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def compressed(path: Path) -> bool:
    """Tell by the name whether a file is gzipped."""
    return path.suffix == ".gz"


def open_bytes(path: Path) -> BinaryIO:
    """Open a file for reading its (decompressed) bytes."""
    return cast(BinaryIO, gzip.open(path)) if compressed(path) else path.open("rb")


def open_text(path: Path) -> TextIO:
    """Open a file for reading as UTF-8, line ends as they are, without a byte order mark."""
    return io.TextIOWrapper(open_bytes(path), encoding="utf-8-sig", newline="")


@contextmanager
def readable(path: Path, label: str) -> Iterator[None]:
    """Turn what can go wrong while a file is read into a DataError."""
    try:
        yield
    except UnicodeDecodeError:
        raise DataError(
            f"{label}: line {_undecodable_line(path)} isn't UTF-8 text; save the table as UTF-8"
        ) from None
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise DataError(f"{label} is named .gz, but is not a gzip file, or a damaged one") from None
    except OSError as error:
        raise DataError(f"{label} can't be read: {error.strerror or error}") from None


@contextmanager
def standard_input() -> Iterator[Path]:
    """Keep standard input in a temporary file, since a table may have to be read twice."""
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
        file.flush()
        yield Path(file.name)


def _undecodable_line(path: Path) -> int:
    with open_bytes(path) as file:
        for position, line in enumerate(file, start=1):
            try:
                line.decode()
            except UnicodeDecodeError:
                return position
    return 1


def _tables_in(folder: Path) -> str:
    tables = sorted(path.name for path in folder.glob("*.[ct]sv*"))[:5]
    return f", such as {', '.join(tables)}" if tables else ""


def _nearest(path: Path) -> str:
    folder = path.parent
    if not folder.is_dir():
        return f": there is no folder {folder}"
    names = [entry.name for entry in folder.iterdir() if entry.is_file()]
    close = get_close_matches(path.name, names, n=1)
    return f"; did you mean {folder / close[0]}?" if close else ""
