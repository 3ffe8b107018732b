"""Numbers, durations and tables as text: short, aligned, the same wherever they appear."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite


def number(value: float) -> str:
    """Return four decimals, or four digits where those would say little."""
    if not isfinite(value) or value == 0 or 1e-3 <= abs(value) < 1e5:
        return f"{value:.4f}"
    return f"{value:.4g}"


def alike(values: Sequence[float]) -> list[str]:
    """Return numbers that stand in one table, all in one format."""
    sizes = [abs(value) for value in values if isfinite(value) and value]
    smallest, largest = min(sizes, default=1.0), max(sizes, default=1.0)
    if largest < 1e5 and (largest >= 0.1 or smallest >= 1e-3):
        return [f"{value:.4f}" for value in values]
    if largest < 1e12 and smallest >= 100:
        return [f"{value:,.0f}" for value in values]
    return [f"{value:.3e}" for value in values]


def short(value: float) -> str:
    """Return at most four decimals without the zeros behind: 1.0, 0.775."""
    text = number(value)
    if "." not in text or "e" in text:
        return text
    trimmed = text.rstrip("0")
    return f"{trimmed}0" if trimmed.endswith(".") else trimmed


def duration(seconds: float) -> str:
    """Return 0.3 s, 12:34 or 1:02:03."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def memory(size: float) -> str:
    """Return bytes as Keras writes them: 7.79 KB, in steps of 1024."""
    for unit in ("B", "KB", "MB", "GB"):
        if size < 1024:
            return f"{size:.2f} {unit}"
        size /= 1024
    return f"{size:.2f} TB"


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return aligned columns, the first to the left and the others to the right."""
    columns = list(zip(header, *rows, strict=True))
    widths = [max(map(len, column)) for column in columns]
    lines = []
    for row in (header, *rows):
        first, *others = (
            f"{cell:>{width}}" if position else f"{cell:<{width}}"
            for position, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        lines.append("  ".join((first, *others)).rstrip())
    return "\n".join(lines)
