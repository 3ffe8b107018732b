"""Lengths of time as people write them: 90s, 30m, 1h30m."""

from __future__ import annotations

import re

_DURATION = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?")
_LONGEST = 100 * 365 * 24 * 3600
"""A century in seconds; what is longer is a slip."""


def parse(text: str) -> float:
    """Return the seconds that `90s`, `30m`, `1h30m` or a bare number of seconds stand for.

    Raises:
        ValueError: it is none of these, or no time at all.
    """
    match = _DURATION.fullmatch(text.strip())
    hours, minutes, seconds = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    total = 3600 * hours + 60 * minutes + seconds
    if not 0 < total <= _LONGEST:
        raise ValueError(f"{text!r} isn't a duration; write 90s, 30m or 1h30m")
    return float(total)
