"""Commands that answer --help and a shell's questions without loading anything heavy.

To turn words into values typer asks pydantic, which takes half the time of such an answer.
"""

from __future__ import annotations

from typing import Any

from typer.core import TyperCommand, TyperGroup


class LightCommand(TyperCommand):
    """Takes words as they are while a shell asks what may follow them."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words; nobody will see the values."""
        if ctx.resilient_parsing:
            for param in self.get_params(ctx):
                param.process_value = _as_typed  # type: ignore[method-assign]
        return super().parse_args(ctx, args)


class LightGroup(TyperGroup):
    """Has a flag for help that isn't left at None, which would have to be made a boolean."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return the help flag with a default that is a boolean already."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.default = False
        return option


def _as_typed(ctx: Any, value: Any) -> Any:
    return value
