"""nncli runs show: one run in full, or as it trains."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nncli.cli.completing import run_names
from nncli.cli.options import AsJson, RunsDir, print_json

if TYPE_CHECKING:
    from nncli.runs.folder import RunFolder


def show(
    run: Annotated[
        str | None,
        typer.Argument(
            metavar="RUN",
            autocompletion=run_names,
            help="A run's name or folder; by default the newest.",
        ),
    ] = None,
    watch: Annotated[
        bool, typer.Option("--follow", "-f", help="Print each epoch as it ends, until the last.")
    ] = False,
    as_json: AsJson = False,
    runs_dir: RunsDir = Path("runs"),
) -> None:
    """Print what a run was, how it ended and what it scored.

    \b
    nncli runs show pima
    nncli runs show pima --follow     from another terminal, while it trains
    """
    from nncli.api.runs import describe_run
    from nncli.reporting.description import description
    from nncli.runs.folder import find

    found = find(run, runs_dir)
    if watch:
        _follow(found, as_json=as_json)
    elif as_json:
        print_json(describe_run(found))
    else:
        typer.echo(description(describe_run(found)))


def _follow(run: RunFolder, *, as_json: bool) -> None:
    from nncli.api.runs import follow
    from nncli.json_text import json_text
    from nncli.reporting.console import epoch_line

    for values in follow(run):
        typer.echo(json_text(values) if as_json else epoch_line(values))
