"""Whether a run's tables are still those that it was trained on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nncli.data.section import DataSection
from nncli.data.sources.files import beside, existing, fingerprint


def tables_of(section: DataSection, directory: Path) -> dict[str, Path]:
    """Return the table of each split that has one of its own, that of the training rows first."""
    named = {"train": section.train, "validation": section.validation, "test": section.test}
    return {
        split: beside(directory, file) for split, file in named.items() if isinstance(file, str)
    }


def is_unchanged(path: Path, record: Mapping[str, Any]) -> bool:
    """Whether a table is one of those in a run's record: by its place, or if it has moved, any.

    Raises:
        DataError: there is no such table.
    """
    known = {file.get("path"): file.get("sha256") for file in record.get("data", [])}
    expected = {known.get(str(path.resolve()))} - {None} or set(known.values())
    return fingerprint(existing(path)) in expected
