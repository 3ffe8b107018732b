"""The only way a run's files come to be: whole or not at all, whenever the power may go.

Bytes are written to a temporary file beside the target, synced, and renamed over it; text, JSON
and CSV are made of that. YAML, weights and metrics.csv have rules of their own: see the neighbours.
"""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from nncli.errors import RunError
from nncli.json_text import json_text

LARGEST_JSON = 1 << 28
"""In bytes; ten million categories fit."""


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes the place of `path` at the end of the block, atomically and durably.

    Makes the folder where it is missing. If the block fails, `path` is as it was before.

    Raises:
        RunError: the operating system refuses.
    """
    if path.is_dir():
        raise RunError(f"can't write {path}: it is a folder; name a file in it")
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    with writing(path):
        make_folder(path.parent)
        try:
            temporary.unlink(missing_ok=True)  # of a process of the same number, or a trap
            with temporary.open("xb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def remove_leftovers(folder: Path) -> None:
    """Remove the temporary files that a killed process has left in a folder and those below."""
    for path in folder.rglob(".*.part"):
        with writing(path):
            path.unlink(missing_ok=True)


def write_bytes(path: Path, content: bytes) -> None:
    """Write `content`; see replacing."""
    with replacing(path) as file:
        file.write(content)


def write_text(path: Path, text: str) -> None:
    """Write `text` as UTF-8; see replacing."""
    write_bytes(path, text.encode())


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write an object, indented; what isn't finite turns into null."""
    write_text(path, json_text(content, indent=2, ensure_ascii=False) + "\n")


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a table as its rows come, comma separated, one line a row."""
    with replacing(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
        text.detach()  # flushes, and leaves the file open


def read_bytes(path: Path) -> bytes:
    """Return what is in a file.

    Raises:
        RunError: the file is missing or unreadable.
    """
    with reading(path):
        return path.read_bytes()


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what the operating system refuses into a RunError that names `path`."""
    try:
        yield
    except FileNotFoundError:
        raise RunError(f"{path} is missing") from None
    except OSError as error:
        raise RunError(f"can't read {path}: {error.strerror or error}") from error


def read_json(path: Path) -> dict[str, Any]:
    """Return the object that `path` holds.

    Raises:
        RunError: the file is missing, unreadable, or holds no JSON object.
    """
    if path.is_file() and path.stat().st_size > LARGEST_JSON:
        raise RunError(f"{path} is damaged: it has over {LARGEST_JSON:,} bytes")
    source = read_bytes(path)
    try:
        content = json.loads(source)
    except (ValueError, RecursionError) as error:
        raise RunError(f"{path} is damaged: it isn't JSON ({error})") from error
    if not isinstance(content, dict):
        raise RunError(f"{path} is damaged: it should hold a JSON object")
    return content


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what the operating system refuses, as a full disk, into a RunError that names `path`."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or error
        if isinstance(error, FileNotFoundError) and not path.parent.exists():
            reason = "its folder was deleted or moved meanwhile"
        raise RunError(f"can't write {path}: {reason}") from error


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, durably, where they are missing."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)


@contextmanager
def removed_on_failure(folder: Path) -> Iterator[None]:
    """Take a new folder away again, with all that is in it, if the block fails."""
    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable: syncing a file says nothing of the entry it is under."""
    if os.name == "nt":  # Windows can't open folders and needs no such step
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
