"""nncli plot: the pictures of runs, from their files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nncli.cli.notes import warn
from nncli.cli.options import RunsDir


def plot(
    runs: Annotated[
        list[str] | None,
        typer.Argument(metavar="RUN...", help="Names or folders of runs; by default the newest."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="DIR",
            help="Where to write the pictures; by default the run's plots/, "
            "and those of several runs to plots/ in the folder of all runs.",
        ),
    ] = None,
    runs_dir: RunsDir = Path("runs"),
) -> None:
    """Draw a run's pictures again, or the curves of several runs in one picture for each metric.

    Several runs are drawn by their validation rows, or where there are none by the training rows.

    \b
    nncli plot pima
    nncli plot pima pima-2 faster -o comparison
    """
    from nncli.api.plotting import draw_again, draw_together
    from nncli.runs.folder import OF_PICTURES, find

    found = [find(run, runs_dir) for run in runs] if runs else [find(None, runs_dir)]
    folders = list({folder.path.resolve(): folder for folder in found}.values())
    if len(folders) == 1:
        drawn = draw_again(folders[0], output)
    else:
        drawn = draw_together(folders, output or runs_dir / OF_PICTURES)
    warn(drawn.notes)
    for path in drawn.paths:
        typer.echo(path)
