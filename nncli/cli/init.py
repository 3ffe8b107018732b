"""nncli init: from a table to a first config."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

_STANDARD_STREAM = Path("-")


class Holds(StrEnum):
    """What a target column holds."""

    classes = "classes"
    values = "values"


def init(
    data: Annotated[
        Path,
        typer.Argument(
            metavar="DATA",
            help="The table: .csv, .tsv, .parquet, .npz, .npy, or a pattern such as 'part-*.csv'.",
        ),
    ],
    target: Annotated[
        list[str] | None,
        typer.Option(
            "--target",
            "-t",
            metavar="COLUMN",
            help="The column to predict; without names its number, from 0. May be repeated.",
        ),
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The config to write; - is standard output.")
    ] = Path("config.yaml"),
    task: Annotated[
        Holds | None,
        typer.Option(help="What the target holds; by default it is seen from its cells."),
    ] = None,
    header: Annotated[
        bool | None,
        typer.Option(
            "--header/--no-header",
            help="Whether the first line names the columns; by default it is seen.",
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", "-f", help="Write over a file that is there.")
    ] = False,
) -> None:
    """Look at a table, and write a config that predicts one of its columns from the others.

    \b
    nncli init titanic.csv --target survived
    nncli check config.yaml
    nncli train config.yaml
    """
    from nncli.api.starting import start
    from nncli.errors import DataError
    from nncli.reporting.console import write_line
    from nncli.reporting.findings import titled
    from nncli.runs.store import write_text

    if data == _STANDARD_STREAM:
        raise DataError("init takes a file, since the config has to name it")
    to_stream = output == _STANDARD_STREAM
    if output.is_dir():
        raise DataError(f"{output} is a folder; name a file, as in -o {output / 'config.yaml'}")
    if not to_stream and output.exists() and not force:
        raise DataError(f"{output} is there already; write over it with --force, or name another "
                        "file with -o")  # fmt: skip
    folder = Path() if to_stream else output.parent
    starter = start(
        data,
        target or (),
        folder=folder,
        header=header,
        task=None if task is None else task.value,
    )
    if to_stream:
        write_line(starter.text.rstrip("\n"), sys.stdout)
        return
    write_text(output, starter.text)
    said = [titled(starter.findings), "", f"wrote {output}; next:", ""]
    said += [f"  nncli check {output}", f"  nncli train {output}"]
    write_line("\n".join(said), sys.stdout)
