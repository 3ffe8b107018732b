"""The flags by which a table of runs is printed for other programs."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV, numbers in full.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, numbers in full.")]
AsMarkdown = Annotated[bool, typer.Option("--md", help="Print a Markdown table.")]


def chosen_form(
    as_csv: bool, as_json: bool, as_markdown: bool
) -> Literal["table", "csv", "json", "md"]:
    """Return the form that the flags ask for.

    Raises:
        typer.BadParameter: they ask for several.
    """
    if as_csv + as_json + as_markdown > 1:
        raise typer.BadParameter("choose one of --csv, --json and --md")
    if as_csv:
        return "csv"
    if as_json:
        return "json"
    return "md" if as_markdown else "table"
