"""Runs as a table, in the forms that people and programs read: text, CSV, JSON, Markdown."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any, Literal

from nncli.json_text import json_text
from nncli.reporting.figures import duration, number, table

Form = Literal["table", "csv", "json", "md"]
Row = dict[str, Any]


def rows_as(form: Form, columns: Sequence[str], rows: Sequence[Row]) -> str:
    """Return the rows' columns in a form. Text is rounded for the eye, CSV and JSON are not.

    In a table on its side the column "" says what each row is.
    """
    if form == "json":
        return json_text([{name: row.get(name) for name in columns} for row in rows], indent=2)
    if form == "csv":
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_exact(row.get(name)) for name in columns] for row in rows)
        return text.getvalue().rstrip("\n")
    cells = [
        [_shown(name and row.get("", name), row.get(name)) for name in columns] for row in rows
    ]
    return _markdown(columns, cells) if form == "md" else table(columns, cells)


def _markdown(columns: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *cells]
    return "\n".join(
        f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines
    )


def _exact(value: Any) -> Any:
    """Return a cell of CSV: true and false as YAML writes them."""
    return str(value).lower() if isinstance(value, bool) else value


def _shown(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name == "seconds":
        return duration(value)
    if name == "started":  # 2026-11-24T18:20:24.123456+00:00
        return str(value)[:16].replace("T", " ")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:g}" if "." in name else number(value)  # a key of the config, or a score
    return " ".join(str(value).split())
