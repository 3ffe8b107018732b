"""Facts with their titles: in two columns, the lines of the second wrapped."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

_WIDTH = 96


def titled(facts: Sequence[tuple[str, str]]) -> str:
    """Return a line or more for each fact; a title is not repeated below itself."""
    margin = max((len(title) for title, _ in facts), default=0) + 2
    lines: list[str] = []
    above = ""
    for title, text in facts:
        first, *rest = wrap(text, _WIDTH - margin) or [""]
        lines.append(f"{'' if title == above else title:<{margin}}{first}")
        lines += [f"{'':<{margin}}{line}" for line in rest]
        above = title
    return "\n".join(lines)
