"""nncli runs list: all runs as a table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nncli.cli.options import RunsDir
from nncli.cli.runs.forms import AsCsv, AsJson, AsMarkdown, chosen_form


def list_(
    where: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CONDITION",
            help="Only runs of which this holds, as optimizer.type=adam or val_loss<0.3; "
            "may be given repeatedly.",
        ),
    ] = None,
    sort_by: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="A score (best first), config key or fact; by default the start."
        ),
    ] = None,
    reverse: Annotated[bool, typer.Option("--reverse", "-r", help="Turn the order round.")] = False,
    columns: Annotated[
        list[str] | None,
        typer.Option("--column", "-c", metavar="NAME", help="Show this value, too."),
    ] = None,
    only_changed: Annotated[
        bool, typer.Option("--only-changed", help="Show the config keys in which the runs differ.")
    ] = False,
    as_csv: AsCsv = False,
    as_json: AsJson = False,
    as_markdown: AsMarkdown = False,
    runs_dir: RunsDir = Path("runs"),
) -> None:
    """List the runs with their scores on held-out rows.

    \b
    nncli runs list --sort-by val_accuracy
    nncli runs list --where optimizer.type=adam --only-changed --csv
    """
    from nncli.api.runs import list_runs
    from nncli.reporting.listing import rows_as

    form = chosen_form(as_csv, as_json, as_markdown)
    found = list_runs(
        runs_dir,
        where=where or (),
        sort_by=sort_by,
        reverse=reverse,
        columns=columns or (),
        only_changed=only_changed,
    )
    if not found.rows and form == "table":
        typer.echo(f"no runs in {runs_dir}{' of which that holds' if where else ''}")
    else:
        typer.echo(rows_as(form, found.columns, found.rows))
