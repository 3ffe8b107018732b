"""Warnings: what was odd and went through all the same, said beside the output."""

from __future__ import annotations

from collections.abc import Iterable

import typer


def warn(notes: Iterable[str]) -> None:
    """Print each of the notes to standard error."""
    for note in notes:
        typer.secho("Warning: ", fg=typer.colors.YELLOW, err=True, nl=False)
        typer.echo(note, err=True)
