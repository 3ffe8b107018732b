"""nncli predict: a run's answer to each row of a table."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nncli.cli.completing import run_names
from nncli.cli.notes import warn
from nncli.cli.options import AsJson, RunsDir, WhichWeights, print_json

if TYPE_CHECKING:
    from nncli.api.prediction import Predictions

_STANDARD_STREAM = Path("-")


def predict(
    data: Annotated[
        Path, typer.Argument(metavar="DATA", help="The table; - reads standard input.")
    ],
    run: Annotated[
        str | None,
        typer.Option(
            metavar="RUN",
            autocompletion=run_names,
            help="A run's name or folder; by default the newest.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Where to write the predictions, - for standard output; "
            "by default the run's predictions/.",
        ),
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option(metavar="COLUMN", help="Carry this column along; may be given repeatedly."),
    ] = None,
    proba: Annotated[
        bool, typer.Option("--proba", help="Write every class's probability.")
    ] = False,
    threshold: Annotated[
        float | None,
        typer.Option(
            min=0.0, max=1.0, help="The probability above which a row is positive; 0.5 by default."
        ),
    ] = None,
    layer: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Write this layer's outputs instead: codes, features."),
    ] = None,
    weights: WhichWeights = None,
    runs_dir: RunsDir = Path("runs"),
    as_json: AsJson = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print the file's name and nothing else.")
    ] = False,
) -> None:
    """Predict every row of DATA, in its order. The target column may be missing.

    \b
    nncli predict new.csv
    nncli predict new.csv --keep id --proba -o answers.csv
    cat new.csv | nncli predict - --run pima -o - | head
    """
    if output is not None and output.exists() and data.exists() and output.samefile(data):
        raise typer.BadParameter(f"{output} is the table itself", param_hint="--output")
    from nncli.api import prediction
    from nncli.runs.folder import find

    predictions = prediction.predict(
        find(run, runs_dir),
        data,
        weights=weights.value if weights else None,
        threshold=threshold,
        proba=proba,
        keep=keep or (),
        layer=layer,
    )
    if output == _STANDARD_STREAM:
        if as_json:
            raise typer.BadParameter("standard output can't take both", param_hint="--json")
        _stream(predictions)
    else:
        name = "standard_input" if data == _STANDARD_STREAM else data.name.partition(".")[0]
        path = output or predictions.run.predictions / f"{name}.csv"
        _write(predictions, path, as_json=as_json, quiet=quiet)


def _stream(predictions: Predictions) -> None:
    """Write the table to standard output as it is computed."""
    import csv
    from itertools import chain, islice

    from nncli.reporting.predictions import text_rows

    rows = text_rows(predictions.chunks)
    first = [*islice(rows, 1)]  # a table that is refused leaves no header behind
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerows(chain([predictions.columns], first, rows))
    warn(predictions.notes())


def _write(predictions: Predictions, path: Path, *, as_json: bool, quiet: bool) -> None:
    """Write the table to a file, and print its first rows or what --json or --quiet asks for."""
    from nncli.reporting.predictions import Preview, text_rows
    from nncli.runs.store import write_csv

    preview = Preview(predictions.columns)
    write_csv(path, predictions.columns, text_rows(preview.watch(predictions.chunks)))
    warn(predictions.notes())
    run = str(predictions.run.path)
    if as_json:
        facts = {"run": run, "weights": predictions.weights, "rows": preview.count}
        print_json({**facts, "written": str(path)})
    elif quiet:
        typer.echo(path)
    else:
        typer.echo(f"run {run}, {predictions.weights} weights\n\n{preview}\n\nwritten to {path}")
