"""Every error that is meant for the user. Anything else that surfaces is a bug of nncli's.

    NncliError
        ConfigError     the config says something that can't be (exit code 2)
        DataError       a table is missing, unreadable or doesn't fit (exit code 2)
        ShapeError      a layer doesn't fit the one before it (exit code 2)
        RunError        a run folder is missing, damaged or can't be written (exit code 2)
        TrainingError   the work itself failed, as by a loss that isn't finite (exit code 1)

The command line prints the message and ends with the exit code (nncli/cli/app.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Path = tuple[str | int, ...]
"""A place in the config, as ``("layers", 2, "units")``."""


class NncliError(Exception):
    """Base of all errors that are the user's to mend; its text says what, where and the way out."""

    exit_code = 2


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong with a config."""

    path: Path
    """Where in the config; empty for the config as a whole."""
    message: str
    """What is wrong: what was expected, what was found."""
    hint: str = ""
    """The way out, where one is known."""


class ConfigError(NncliError):
    """One or more problems with a config, reported together."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.message for problem in problems))

    @classmethod
    def at(cls, path: Path, message: str, hint: str = "") -> ConfigError:
        """Return an error of one problem."""
        return cls([Problem(path=path, message=message, hint=hint)])


class DataError(NncliError):
    """A table that is missing, can't be read, or doesn't fit the config or the model."""


class ShapeError(NncliError):
    """Shapes that don't fit. Who wires the layers adds which one it was (engine/wiring.py)."""

    layer: int | None = None
    """Position of the layer in the config's list, once known."""
    so_far: str = ""
    """The shapes of the layers above it, for the way out."""

    def as_problem(self) -> Problem:
        """Return what is wrong as a problem at the layer."""
        path: Path = ("layers",) if self.layer is None else ("layers", self.layer)
        hint = f"the shapes so far: {self.so_far}" if self.so_far else ""
        return Problem(path=path, message=str(self), hint=hint)


class RunError(NncliError):
    """A run folder that is missing, damaged, not a run, or can't be written."""


class TrainingError(NncliError):
    """The training itself failed."""

    exit_code = 1
