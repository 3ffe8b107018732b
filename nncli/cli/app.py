"""The `nncli` command: its subcommands, and the one place where errors become messages and codes.

0 done, 1 the work failed, 2 usage or config or data error, 130 interrupted. Nothing heavy is
imported here or by the commands' modules: `--help` and completion answer at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from nncli import __version__
from nncli.cli.check import check
from nncli.cli.completing import VARIABLE, is_asked
from nncli.cli.completion import completion
from nncli.cli.evaluate import evaluate
from nncli.cli.init import init
from nncli.cli.light import LightCommand, LightGroup
from nncli.cli.plot import plot
from nncli.cli.predict import predict
from nncli.cli.runs import runs
from nncli.cli.schema import schema
from nncli.cli.summary import summary
from nncli.cli.train import train
from nncli.config.places import LocatedConfigError
from nncli.errors import NncliError

_DRY_BATCHES = 3

app = typer.Typer(
    name="nncli",
    cls=LightGroup,
    no_args_is_help=True,
    add_completion=False,  # these flags are left at None too
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (init, check, train, evaluate, summary, predict, plot, schema, completion):
    app.command(cls=LightCommand)(command)
app.add_typer(runs)


def main() -> None:
    """Run the command line and exit."""
    # pydantic would search all installed packages for plugins, which takes 20 ms.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    if is_asked():
        from typer.completion import completion_init  # type: ignore[attr-defined]

        completion_init()
    try:
        app(args=with_counts(sys.argv[1:]), prog_name="nncli", complete_var=VARIABLE)
    except NncliError as error:
        if isinstance(error, LocatedConfigError):
            _fail(error.with_lines(), error.exit_code, has_place=True)
        _fail(str(error), error.exit_code)
    except MemoryError:
        _fail("there is not enough memory; a smaller batch_size or network needs less", 1)


def with_counts(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with the number that `--dry-run` may do without."""
    following = [*arguments, ""][1:]
    return [
        f"{argument}={_DRY_BATCHES}"
        if argument == "--dry-run" and not after.isdecimal()
        else argument
        for argument, after in zip(arguments, following, strict=True)
    ]


def _fail(message: str, code: int, *, has_place: bool = False) -> None:
    """Print a message, which begins with its place or else with "Error:", and exit."""
    if not has_place:
        typer.secho("Error: ", fg=typer.colors.RED, err=True, nl=False)
    typer.echo(message, err=True)
    sys.exit(code)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"nncli {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """Train neural networks from one YAML file.

    \b
    nncli init table.csv --target y   write config.yaml, made for the table
    nncli train configs/pima.yaml     train, and write runs/pima
    nncli evaluate                    score the newest run on its test rows
    nncli predict new.csv             predict the rows of a new table
    """
