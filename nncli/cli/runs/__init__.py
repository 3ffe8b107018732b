"""nncli runs: a command for each thing one does with the runs that there are."""

from __future__ import annotations

import typer

from nncli.cli.light import LightCommand, LightGroup
from nncli.cli.runs.compare import compare
from nncli.cli.runs.list import list_
from nncli.cli.runs.remove import rm
from nncli.cli.runs.show import show

runs = typer.Typer(
    name="runs",
    cls=LightGroup,
    no_args_is_help=True,
    help="List, show, compare and remove runs.",
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
runs.command("list", cls=LightCommand)(list_)
for command in (show, compare, rm):
    runs.command(cls=LightCommand)(command)
