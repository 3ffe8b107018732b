"""What the machine can hold, asked before the first array is made."""

from __future__ import annotations

from pathlib import Path

from nncli.errors import ShapeError

_SURELY_FITS = 1_000_000
"""Weights of which no machine has too many."""
_COPIES = 2
"""Of every weight there are at least its value and its gradient."""
_MOST = 1 << 40
"""Bytes that are taken to be free where the system doesn't say."""


def check_weights(what: str, count: int, itemsize: int) -> None:
    """Refuse more weights than fit into memory.

    Arguments:
        what: they belong to, for the message.
        count: how many they are.
        itemsize: bytes of each.

    Raises:
        ShapeError: with the figures.
    """
    if count <= _SURELY_FITS:
        return
    needed, free = _COPIES * count * itemsize, available_memory() or _MOST
    if needed > free:
        raise ShapeError(
            f"{what} has {count:,} weights, which take {_gigabytes(needed)} of memory with their "
            f"gradients, and {_gigabytes(free)} is free; make it smaller"
        )


def available_memory() -> int | None:
    """Return the bytes that can be had without swapping; None where the system doesn't say."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    figures = dict(line.split(":", 1) for line in lines)
    return int(figures["MemAvailable"].split()[0]) * 1024 if "MemAvailable" in figures else None


def _gigabytes(size: int) -> str:
    return f"{size / 2**30:,.1f} GB"
