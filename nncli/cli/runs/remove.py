"""nncli runs rm: takes runs away, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nncli.cli.completing import run_names
from nncli.cli.options import RunsDir


def rm(
    runs: Annotated[
        list[str],
        typer.Argument(
            metavar="RUN...", autocompletion=run_names, help="Names or folders of runs."
        ),
    ],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Don't ask.")] = False,
    runs_dir: RunsDir = Path("runs"),
) -> None:
    """Remove runs with all their files, after asking. What is no run is never touched.

    \b
    nncli runs rm pima-2 pima-3
    """
    from nncli.api.runs import removable, remove
    from nncli.runs.record import read_record

    for run in removable(runs, runs_dir):
        status = read_record(run.record)["status"]
        ended = "killed" if status == "running" else status  # a running one can't be removed
        if yes or typer.confirm(f"remove {run.path} ({ended}) with all its files?"):
            remove(run)
            typer.echo(f"removed {run.path}")
        else:
            typer.echo(f"kept {run.path}")
