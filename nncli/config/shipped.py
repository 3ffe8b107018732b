"""The JSON Schema that comes with the package: read where pydantic would take too long."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("schema.json")


def schema_text() -> str:
    """Return the config's JSON Schema (2020-12) as it is in the file."""
    return _FILE.read_text(encoding="utf-8")


def schema() -> dict[str, Any]:
    """Return the same, read."""
    whole: dict[str, Any] = json.loads(schema_text())
    return whole
