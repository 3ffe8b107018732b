"""Keeps two trainings from writing to one run. The kernel lets go of a lock when its owner dies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from nncli.errors import RunError
from nncli.runs.folder import RunFolder
from nncli.runs.record import read_record
from nncli.runs.store import make_folder, writing

try:
    from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, flock
except ImportError:  # Windows has no such locks: there nobody is refused
    flock = None  # type: ignore[assignment]

_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


@contextmanager
def locked(run: RunFolder) -> Iterator[None]:
    """Be the only one who trains this run while the block runs.

    Raises:
        RunError: somebody else does, or the folder can't be written.
    """
    with writing(run.lock):
        make_folder(run.lock.parent)
        descriptor = os.open(run.lock, os.O_RDWR | os.O_CREAT | _NO_LINK, 0o644)
    try:
        _take(descriptor, run)
        yield
    finally:
        os.close(descriptor)


def is_trained(run: RunFolder) -> bool:
    """Whether a process trains this run now; where there are no locks, whether its record says so.

    Raises:
        RunError: its record is missing or damaged.
    """
    by_record = bool(read_record(run.record)["status"] == "running")
    if flock is None:
        return by_record
    try:
        descriptor = os.open(run.lock, os.O_RDONLY | _NO_LINK)
    except OSError:  # nobody has ever trained it
        return False
    try:
        flock(descriptor, LOCK_SH | LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # a file system without locks
        return by_record
    finally:
        os.close(descriptor)
    return False


def _take(descriptor: int, run: RunFolder) -> None:
    if flock is None:
        return
    try:
        flock(descriptor, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        raise RunError(f"the run {run.path} is being trained by another process") from None
    except OSError:  # a file system without locks
        return
