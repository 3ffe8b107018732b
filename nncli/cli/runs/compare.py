"""nncli runs compare: where runs differ, and what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nncli.cli.completing import run_names
from nncli.cli.options import RunsDir
from nncli.cli.runs.forms import AsCsv, AsJson, AsMarkdown, chosen_form


def compare(
    runs: Annotated[
        list[str],
        typer.Argument(
            metavar="RUN...", autocompletion=run_names, help="Names or folders of runs."
        ),
    ],
    everything: Annotated[
        bool, typer.Option("--all", help="Show the config keys that are the same, too.")
    ] = False,
    as_csv: AsCsv = False,
    as_json: AsJson = False,
    as_markdown: AsMarkdown = False,
    runs_dir: RunsDir = Path("runs"),
) -> None:
    """Put runs side by side: their scores, and the config keys in which they differ.

    \b
    nncli runs compare pima pima-2
    """
    from nncli.api.runs import compare_runs
    from nncli.reporting.listing import rows_as

    form = chosen_form(as_csv, as_json, as_markdown)
    found = compare_runs(runs, runs_dir, everything=everything)
    typer.echo(rows_as(form, found.columns, found.rows))
