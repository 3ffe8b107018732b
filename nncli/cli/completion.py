"""nncli completion: the script by which a shell completes nncli's commands."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from nncli.cli.completing import VARIABLE


class Shell(StrEnum):
    """The shells that there is a script for."""

    bash = "bash"
    zsh = "zsh"
    fish = "fish"


def completion(
    shell: Annotated[Shell, typer.Argument(metavar="SHELL", help="bash, zsh or fish.")],
) -> None:
    """Print the script by which a shell completes commands, configs, runs and --set.

    \b
    nncli completion bash >> ~/.bashrc
    nncli completion zsh >> ~/.zshrc
    nncli completion fish > ~/.config/fish/completions/nncli.fish
    """
    from typer.completion import get_completion_script  # type: ignore[attr-defined]

    typer.echo(get_completion_script(prog_name="nncli", complete_var=VARIABLE, shell=shell.value))
