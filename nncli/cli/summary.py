"""nncli summary: the layers of a config or of a run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from nncli.cli.completing import configs_and_runs
from nncli.cli.options import Changes, RunsDir, from_environment, overrides


def summary(
    source: Annotated[
        str | None,
        typer.Argument(
            metavar="CONFIG|RUN",
            autocompletion=configs_and_runs,
            help="A YAML file, - for standard input, or a run; by default the newest run.",
        ),
    ] = None,
    changes: Changes = None,
    runs_dir: RunsDir = Path("runs"),
) -> None:
    """Print every layer with its output's shape and its number of parameters.

    No table is needed where the layers begin with an Input.

    \b
    nncli summary configs/pima.yaml
    nncli summary configs/pima.yaml -s layers.0.units=64
    """
    from nncli.api.summary import summarize_config, summarize_run
    from nncli.api.survey import load_surveyed
    from nncli.reporting.figures import memory
    from nncli.reporting.summary import summary_text
    from nncli.runs.folder import find

    if source is not None and _is_config(source):
        loaded = load_surveyed(
            Path(source), [*from_environment(), *overrides(changes)], for_training=False
        )
        found = summarize_config(loaded)
    elif changes:
        raise typer.BadParameter(
            "changes a config; a run's network is what it is", param_hint="--set"
        )
    else:
        run = find(source, runs_dir)
        typer.echo(run.path)
        found = summarize_run(run)
    typer.echo(summary_text(found.model))
    typer.echo(f" Memory to train: {memory(found.memory)} in batches of {found.batch_size}")


def _is_config(source: str) -> bool:
    path = Path(source)
    return source == "-" or path.suffix in (".yaml", ".yml") or path.is_file()
