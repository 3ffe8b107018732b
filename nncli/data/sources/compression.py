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
_MOST_TIMES, _ALWAYS_FINE = 200, 1 << 26
"""How many times a file's size may be unpacked from it, beyond the bytes that no memory minds:
tables shrink to a tenth or so, and bombs by gzip, the least of them, to a thousandth."""
_SUSPICIOUS = _MOST_TIMES // 4
"""How many times a file may grow before more of it is unpacked than is asked for."""
_PIECE = 1 << 17
_ENCRYPTED = 1


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
        DataError: It is an archive of several files, or a library isn't installed; while it is
            read, that it unpacks to far more than a table does.
    """
    packed = path.open("rb")
    if not compressed(path):
        return packed
    try:
        unpacked = _unpacking(path, packed)
    except BaseException:
        packed.close()
        raise
    return cast(BinaryIO, io.BufferedReader(_Bounded(path, packed, unpacked), _PIECE))


def _unpacking(path: Path, packed: BinaryIO) -> BinaryIO:
    match path.suffix:
        case ".zip":
            return _open_zip(path, packed)
        case ".zst":
            return _open_zst(path, packed)
        case suffix:
            return cast(BinaryIO, import_module(_MODULES[suffix]).open(packed))


def refuse_bomb(path: Path, packed: int, unpacked: int) -> None:
    """Refuse a file of which so many bytes become so many, or more, if that is far too much.

    Raises:
        DataError: It is.
    """
    if unpacked > max(_ALWAYS_FINE, _MOST_TIMES * packed):
        raise DataError(
            f"{path} unpacks to more than {_MOST_TIMES} times its size, as no table does, and "
            "could fill the memory; if it is one all the same, unpack it and name what comes out"
        )


class _Bounded(io.RawIOBase):
    """What is unpacked from a file, as long as that stays within bounds."""

    def __init__(self, path: Path, packed: BinaryIO, unpacked: BinaryIO) -> None:
        self._path, self._packed, self._unpacked, self._done = path, packed, unpacked, 0
        self._trusted = False

    def readable(self) -> bool:
        """Say so."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer as far as it goes."""
        part = self._unpacked.read(len(buffer))
        self._done += len(part)
        packed = self._packed.tell()
        refuse_bomb(self._path, packed, self._done)
        if not self._trusted and self._done > _SUSPICIOUS * packed:
            _look_ahead(self._path)
            self._trusted = True
        buffer[: len(part)] = part
        return len(part)

    def close(self) -> None:
        """Close the files too."""
        self._unpacked.close()
        self._packed.close()
        super().close()


def _look_ahead(path: Path) -> None:
    """Refuse a bomb by its first bytes alone: to read them as rows would take minutes."""
    with path.open("rb") as packed, _unpacking(path, packed) as unpacked:
        done = 0
        while done <= _ALWAYS_FINE and (part := unpacked.read(_PIECE)):
            done += len(part)
        refuse_bomb(path, packed.tell(), done)


def _open_zip(path: Path, packed: BinaryIO) -> BinaryIO:
    archive = zipfile.ZipFile(packed)
    names = [name for name in archive.namelist() if not name.endswith("/")]
    if len(names) != 1:
        archive.close()
        raise DataError(
            f"{path} holds {len(names)} files ({', '.join(names[:5])}); unpack it, and name the "
            "one that is meant"
        )
    try:
        refuse_unusual(path, archive)
    except DataError:
        archive.close()
        raise
    return cast(BinaryIO, archive.open(names[0]))


def refuse_unusual(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuse archives that the library can't open, or would unpack without bounds.

    Raises:
        DataError: It is one.
    """
    for entry in archive.infolist():
        if entry.flag_bits & _ENCRYPTED:
            raise DataError(f"{path} takes a password; unpack it, and name what comes out")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise DataError(
                f"{path} is packed in an unusual way; unpack it, and name what comes out"
            )


def _open_zst(path: Path, packed: BinaryIO) -> BinaryIO:
    try:
        zstandard = import_module("zstandard")
    except ImportError:
        raise DataError(
            f"{path} takes a library to unpack it; install it with: pip install zstandard"
        ) from None
    return cast(BinaryIO, io.BufferedReader(_Unpacked(packed, zstandard.ZstdDecompressor())))


class _Unpacked(io.RawIOBase):
    """A file of zstandard, whose own reader takes one that is cut off for a whole one."""

    def __init__(self, file: BinaryIO, decompressor: Any) -> None:
        self._file, self._decompressor = file, decompressor
        self._frame = decompressor.decompressobj()
        self._ready = b""

    def readable(self) -> bool:
        """Say so."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer as far as a part of the file goes."""
        while not self._ready:
            # 4 KB become 128 MB at most, and all at once
            packed = self._frame.unused_data or self._file.read(1 << 12)
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
