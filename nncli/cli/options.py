"""The flags that several commands share, so that each is spelled and explained once."""

from __future__ import annotations

import os
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nncli.cli.completing import set_paths

if TYPE_CHECKING:
    from nncli.config.overrides import Override


class Progress(StrEnum):
    """How training shows that it goes on."""

    auto = "auto"
    bar = "bar"
    lines = "lines"
    none = "none"


class Split(StrEnum):
    """Which of a run's own rows are scored."""

    train = "train"
    validation = "validation"
    test = "test"


class Weights(StrEnum):
    """Which of a run's weights are used."""

    best = "best"
    last = "last"


def parse_duration(text: str) -> float:
    """Return the seconds that `90s`, `30m`, `1h30m` or a bare number of seconds stand for.

    Raises:
        typer.BadParameter: it is none of these, or no time at all.
    """
    from nncli.training.durations import parse

    try:
        return parse(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def overrides(
    changes: Sequence[str] | None, epochs: int | None = None, seed: int | None = None
) -> list[Override]:
    """Return what --set, --epochs and --seed change in the config, in this order."""
    from nncli.config.overrides import Override

    found = [Override.from_set(text) for text in changes or ()]
    for path, value in (("epochs", epochs), ("seed", seed)):
        if value is not None:
            found.append(Override(f"--{path} {value}", path, str(value)))
    return found


def from_environment() -> list[Override]:
    """Return what variables named NNCLI_... change in a config, before any flag does."""
    from nncli.config.overrides import Override

    return Override.from_environment(os.environ)


def print_json(content: dict[str, Any]) -> None:
    """Print what --json asks for."""
    from nncli.json_text import json_text

    typer.echo(json_text(content, indent=2))


Changes = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        "-s",
        metavar="PATH=VALUE",
        autocompletion=set_paths,
        help="Change the config, as in optimizer.learning_rate=1e-3; may be given repeatedly.",
    ),
]
RunsDir = Annotated[Path, typer.Option("--runs-dir", help="The folder of all runs.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of text.")]
WhichWeights = Annotated[
    Weights | None,
    typer.Option(
        "--weights",
        help="Which weights to use; by default the best where there was validation, else the last.",
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print the result and nothing else.")]
