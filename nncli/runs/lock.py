"""Keeps two trainings from writing to one run. The kernel lets go of a lock when its owner dies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from nncli.errors import RunError
from nncli.runs.folder import RunFolder
from nncli.runs.store import make_folder, writing

try:
    from fcntl import LOCK_EX, LOCK_NB, flock
except ImportError:  # Windows has no such locks: there nobody is refused
    flock = None  # type: ignore[assignment]


@contextmanager
def locked(run: RunFolder) -> Iterator[None]:
    """Be the only one who trains this run while the block runs.

    Raises:
        RunError: somebody else does, or the folder can't be written.
    """
    with writing(run.lock):
        make_folder(run.lock.parent)
        descriptor = os.open(run.lock, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
    try:
        _take(descriptor, run)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, run: RunFolder) -> None:
    if flock is None:
        return
    try:
        flock(descriptor, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        raise RunError(f"the run {run.path} is being trained by another process") from None
    except OSError:  # a file system without locks
        return
