"""Small tables written for a test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nncli.data.sources.delimited import DelimitedFile, open_delimited
from nncli.data.sources.dialect import Dialect
from nncli.data.sources.opening import opened as opened_source
from nncli.data.sources.table import Table


def write(folder: Path, text: str, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def opened(folder: Path, text: str, name: str = "table.csv", **options: Any) -> DelimitedFile:
    return open_table(write(folder, text, name), label=name, **options)


def open_table(path: Path, label: str | None = None, **options: Any) -> DelimitedFile:
    return open_delimited(path, Dialect(**options), label or str(path))


def read(path: Path, numbers: tuple[int, ...], texts: tuple[int, ...] = ()) -> Table:
    with opened_source(path) as source:
        (piece,) = source.chunks(numbers, texts)
    return piece
