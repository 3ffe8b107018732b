"""Small tables written for a test."""

from __future__ import annotations

from pathlib import Path

from nncli.data.sources.delimited import DelimitedFile, open_table


def write(folder: Path, text: str, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def opened(folder: Path, text: str, name: str = "table.csv", **options: object) -> DelimitedFile:
    return open_table(write(folder, text, name), label=name, **options)  # type: ignore[arg-type]
