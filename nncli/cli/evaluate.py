"""nncli evaluate: what a run scores on rows that it hasn't learned from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from nncli.cli.completing import run_names
from nncli.cli.notes import warn
from nncli.cli.options import AsJson, Quiet, RunsDir, Split, WhichWeights, print_json


def evaluate(
    run: Annotated[
        str | None,
        typer.Argument(
            metavar="RUN",
            autocompletion=run_names,
            help="A run's name or folder; by default the newest.",
        ),
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Score on this table instead of the run's own rows."),
    ] = None,
    split: Annotated[
        Split | None,
        typer.Option(help="Which of the run's own rows; by default test, else validation."),
    ] = None,
    weights: WhichWeights = None,
    runs_dir: RunsDir = Path("runs"),
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Print a run's loss and metrics beside those of the baseline, on its test rows.

    Without test rows it takes the validation rows, and without those the training rows. Classes
    are also scored each by itself, two of them at several thresholds; of values it says how large
    the errors are.

    \b
    nncli evaluate
    nncli evaluate pima --data later.csv
    """
    from nncli.api import evaluation
    from nncli.reporting.results import evaluation_report, score_table
    from nncli.runs.folder import find

    outcome = evaluation.evaluate(
        find(run, runs_dir),
        data=data,
        split=split.value if split else None,
        weights=weights.value if weights else None,
    )
    warn(outcome.notes)
    columns = {outcome.rows: outcome.scores}
    if outcome.baseline is not None:
        columns["baseline"] = outcome.baseline
    if as_json:
        facts: dict[str, Any] = {"run": str(outcome.run.path), "weights": outcome.weights}
        facts |= {"rows": outcome.rows, "count": outcome.count}
        scores = {"scores": outcome.scores, "baseline": outcome.baseline}
        facts |= {**scores, "breakdown": outcome.breakdown}
        print_json(facts)
    elif quiet:
        typer.echo(score_table(columns))
    else:
        typer.echo(
            evaluation_report(
                run=outcome.run.path,
                weights=outcome.weights,
                rows=outcome.rows,
                count=outcome.count,
                columns=columns,
                breakdown=outcome.breakdown,
                written=outcome.written,
            )
        )
