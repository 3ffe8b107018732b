"""Files as bytes and text: found, opened, decompressed and fingerprinted, or refused in words."""

from __future__ import annotations

import codecs
import hashlib
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from nncli.data.sources.compression import compressed, open_bytes, unreadable
from nncli.data.sources.table import Source
from nncli.errors import DataError


@dataclass(frozen=True, kw_only=True)
class FileRecord:
    """What identifies a table that was read."""

    path: Path
    sha256: str
    """Of the file's bytes as they lie on the disk."""
    rows: int


_FORMATS = {
    b"PK\x03\x04": "a spreadsheet or zip archive; export the sheet as CSV, or name it .csv.zip",
    b"\x1f\x8b": "gzipped; give it a name that ends in .gz",
    b"PAR1": "a Parquet file; give it a name that ends in .parquet",
    b"\x93NUM": "a numpy array; give it a name that ends in .npy",
}
"""Files that are taken for tables of text, by their first bytes."""

STANDARD_INPUT = "-"


def beside(directory: Path, name: str) -> Path:
    """Return the path of a file that a config in `directory` names, without detours over `..`.

    The path of standard input is "-", wherever it is named.
    """
    if name == STANDARD_INPUT:
        return Path(name)
    path = directory / name
    short = Path(os.path.normpath(path))
    leads_elsewhere = path.exists() and not (short.exists() and short.samefile(path))
    return path if leads_elsewhere else short  # behind a symbolic link `..` is another folder


def existing(path: Path, label: str | None = None) -> Path:
    """Return the path, for a file that is there and holds something.

    Raises:
        DataError: It is missing, a directory or empty.
    """
    if path.is_dir():
        raise DataError(f"{path} is a directory; name a table in it{_tables_in(path)}")
    if not path.exists():
        raise DataError(f"{path} doesn't exist{_nearest(path)}")
    if path.is_file() and path.stat().st_size == 0:
        raise DataError(f"{label or path} is empty")
    return path


def check_text(path: Path, label: str) -> None:
    """Refuse files of other formats that are named as if they held text.

    Raises:
        DataError: It is one.
    """
    if path.is_file() and not compressed(path):
        with readable(path, label), path.open("rb") as file:
            start = file.read(4)
        for mark, what in _FORMATS.items():
            if start.startswith(mark):
                raise DataError(f"{label} is {what}")


def records_of(path: Path, source: Source) -> list[FileRecord]:
    """Return what identifies the files of a table that has been read.

    `path` is what they are called where the source is a copy of standard input.
    """
    copied = str(path) == STANDARD_INPUT
    return [
        FileRecord(path=path if copied else file, sha256=fingerprint(file), rows=rows)
        for file, rows in source.files()
    ]


def fingerprint(path: Path) -> str:
    """Return the sha256 of the file's bytes as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def open_text(path: Path, encoding: str = "utf-8") -> TextIO:
    """Open a file for reading as text, line ends as they are, without a byte order mark."""
    encoding = "utf-8-sig" if is_utf8(encoding) else encoding
    return io.TextIOWrapper(open_bytes(path), encoding=encoding, newline="")


def seen_encoding(path: Path) -> str:
    """Return the encoding that a text can be read with: UTF-8, else what spreadsheets write."""
    with open_bytes(path) as file:
        if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
    return next((name for name in ("utf-8", "cp1252") if _decodes(path, name)), "latin-1")


def _decodes(path: Path, encoding: str) -> bool:
    with suppress(UnicodeError), open_text(path, encoding) as text:
        while text.read(1 << 20):
            pass
        return True
    return False


def open_recoded(path: Path, encoding: str) -> BinaryIO:
    """Open a file for reading as the bytes of UTF-8."""
    if is_utf8(encoding):
        return open_bytes(path)
    return cast(BinaryIO, _Recoded(open_text(path, encoding)))


def is_utf8(encoding: str) -> bool:
    """Tell whether an encoding is UTF-8, by one of its names."""
    return codecs.lookup(encoding).name == "utf-8"


class _Recoded:
    """The text of a file as bytes of UTF-8."""

    def __init__(self, text: TextIO) -> None:
        self._text = text

    def __enter__(self) -> _Recoded:
        return self

    def __exit__(self, *_: object) -> None:
        self._text.close()

    def read(self, size: int = -1) -> bytes:
        return self._text.read(size).encode()

    def readline(self, size: int = -1) -> bytes:
        return self._text.readline(size).encode()

    def __iter__(self) -> Iterator[bytes]:
        return (line.encode() for line in self._text)


@contextmanager
def readable(path: Path, label: str, encoding: str = "utf-8") -> Iterator[None]:
    """Turn what can go wrong while a file is read into a DataError."""
    try:
        yield
    except UnicodeError:
        name = "UTF-8" if is_utf8(encoding) else encoding
        raise DataError(
            f"{label}: line {_undecodable_line(path, encoding)} isn't {name} text; save the table "
            "as UTF-8, or say what it is, as with data.encoding: latin-1"
        ) from None
    except unreadable() as error:
        if compressed(path) and not (isinstance(error, OSError) and error.errno):
            kind = path.suffix
            raise DataError(f"{label} is named {kind}, but is no such file, or damaged") from None
        reason = getattr(error, "strerror", None) or error
        raise DataError(f"{label} can't be read: {reason}") from None


@contextmanager
def standard_input() -> Iterator[Path]:
    """Keep standard input in a temporary file, since a table may have to be read twice."""
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
        file.flush()
        yield Path(file.name)


def _undecodable_line(path: Path, encoding: str) -> int:
    decoder = codecs.getincrementaldecoder(encoding)()
    position = 1
    with open_bytes(path) as file:
        while piece := file.readline(1 << 20):  # a line may be as long as the file
            try:
                decoder.decode(piece)
            except UnicodeError:
                break
            position += piece.endswith(b"\n")
    return position


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
