"""JSON as everybody can read it: the format knows no NaN and no infinity, so those become null."""

from __future__ import annotations

import json
import math
from typing import Any


def json_text(content: Any, *, indent: int | None = None, ensure_ascii: bool = True) -> str:
    """Return plain values as JSON, on one line unless indented, in ASCII unless told otherwise."""
    plain = _without_non_finite(content)
    return json.dumps(plain, indent=indent, ensure_ascii=ensure_ascii, allow_nan=False)


def _without_non_finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _without_non_finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_non_finite(item) for item in value]
    return value
