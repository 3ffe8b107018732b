"""Where each value of a config was written, so that every message can point there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nncli.errors import ConfigError, Path, Problem


@dataclass(frozen=True)
class Place:
    """A line and column of a file, both from 1; or a flag of the command line, without them."""

    source: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.source}:{self.line}:{self.column}" if self.line else self.source


Places = dict[Path, Place]
"""The place of each key (of each item in a list); the empty path is the config as a whole."""


class LocatedConfigError(ConfigError):
    """Problems with a config, each with its place: one line a problem, in the order of the file."""

    def __init__(self, problems: Sequence[Problem], places: Mapping[Path, Place]) -> None:
        located = sorted(
            ((nearest_place(problem.path, places), problem) for problem in problems),
            key=lambda pair: (pair[0].line == 0, pair[0].line, pair[0].column),
        )
        super().__init__([problem for _, problem in located])
        lines = (f"{place}: {describe(problem)}" for place, problem in located)
        self.args = ("\n".join(dict.fromkeys(lines)),)


def describe(problem: Problem) -> str:
    """Return `layers[2].units: what is wrong; the way out`."""
    where = f"{dotted(problem.path)}: " if problem.path else ""
    return where + "; ".join(filter(None, (problem.message, problem.hint)))


def dotted(path: Path) -> str:
    """Return `layers[2].units` for ("layers", 2, "units")."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def nearest_place(path: Path, places: Mapping[Path, Place]) -> Place:
    """Return where the path was written; what isn't in the file is looked for around it."""
    while path and path not in places:
        path = path[:-1]
    return places[path]
