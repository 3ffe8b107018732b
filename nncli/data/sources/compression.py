"""Compressed files, told by their ending; each library is imported when a file needs it."""

from __future__ import annotations

import io
import lzma
import sys
import zipfile
import zlib
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, cast

from nncli.errors import DataError

_MODULES = {".gz": "gzip", ".bz2": "bz2", ".xz": "lzma"}
"""The standard library's, whose `open` takes a path."""


def unreadable() -> tuple[type[Exception], ...]:
    """Return what reading a file may raise, damaged ones included."""
    known: tuple[type[Exception], ...] = (
        OSError,
        EOFError,
        zlib.error,
        lzma.LZMAError,
        zipfile.BadZipFile,
    )
    zstandard = sys.modules.get("zstandard")
    return (*known, zstandard.ZstdError) if zstandard else known


def compressed(path: Path) -> bool:
    """Tell by the name whether a file is compressed."""
    return path.suffix in (*_MODULES, ".zip", ".zst")


def open_bytes(path: Path) -> BinaryIO:
    """Open a file for reading its (decompressed) bytes.

    Raises:
        DataError: It is an archive of several files, or a library isn't installed.
    """
    if path.suffix in _MODULES:
        return cast(BinaryIO, import_module(_MODULES[path.suffix]).open(path))
    if path.suffix == ".zip":
        return _open_zip(path)
    if path.suffix == ".zst":
        return _open_zst(path)
    return path.open("rb")


def _open_zip(path: Path) -> BinaryIO:
    archive = zipfile.ZipFile(path)
    names = [name for name in archive.namelist() if not name.endswith("/")]
    if len(names) != 1:
        archive.close()
        raise DataError(
            f"{path} holds {len(names)} files ({', '.join(names[:5])}); unpack it, and name the "
            "one that is meant"
        )
    return cast(BinaryIO, archive.open(names[0]))


def _open_zst(path: Path) -> BinaryIO:
    try:
        zstandard = import_module("zstandard")
    except ImportError:
        raise DataError(
            f"{path} takes a library to unpack it; install it with: pip install zstandard"
        ) from None
    return cast(BinaryIO, io.BufferedReader(_Unpacked(path, zstandard.ZstdDecompressor())))


class _Unpacked(io.RawIOBase):
    """A file of zstandard, whose own reader takes one that is cut off for a whole one."""

    def __init__(self, path: Path, decompressor: Any) -> None:
        self._file, self._decompressor = path.open("rb"), decompressor
        self._frame = decompressor.decompressobj()
        self._ready = b""

    def readable(self) -> bool:
        """Say so."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer as far as a part of the file goes."""
        while not self._ready:
            packed = self._frame.unused_data or self._file.read(1 << 16)
            if not packed and not self._frame.eof:
                raise EOFError
            if not packed:
                return 0
            if self._frame.eof:
                self._frame = self._decompressor.decompressobj()
            self._ready = self._frame.decompress(packed)
        part, self._ready = self._ready[: len(buffer)], self._ready[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)

    def close(self) -> None:
        """Close the file too."""
        self._file.close()
        super().close()
