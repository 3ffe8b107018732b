"""A group of commands that answers --help without loading anything heavy."""

from __future__ import annotations

from typing import Any

from typer.core import TyperGroup


class LightGroup(TyperGroup):
    """Keeps typer from loading pydantic before a command's own --help, for a flag left at None."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return the help flag with a default that is a boolean already."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.default = False
        return option
