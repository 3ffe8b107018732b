"""Where each value of a config was written, so that every message can point there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from nncli.errors import ConfigError, Path, Problem

_LONGEST_LINE = 100
_BEFORE = 40
"""Of a line that is longer, so much is shown, and so much of that before the place."""
_MOST_PROBLEMS = 20
"""Of more than these the rest is only counted, as where another file was meant."""


@dataclass(frozen=True)
class Place:
    """A line and column of a file, both from 1; or a flag of the command line, without them."""

    source: str
    line: int = 0
    column: int = 0
    text: str = field(default="", compare=False)
    """The line itself; nothing where there is none to show."""
    width: int = field(default=1, compare=False)
    """How many characters of it are meant."""

    def __str__(self) -> str:
        return f"{self.source}:{self.line}:{self.column}" if self.line else self.source

    def excerpt(self) -> str:
        """Return the line with what is meant underlined; nothing where there is no line."""
        if not self.text.strip():
            return ""
        start = max(0, self.column - 1 - _BEFORE) if len(self.text) > _LONGEST_LINE else 0
        shown = self.text[start : start + _LONGEST_LINE].replace("\t", " ")
        before, after = "... " * (start > 0), " ..." * (start + len(shown) < len(self.text))
        indent = len(before) + self.column - 1 - start
        width = max(1, min(self.width, len(shown) - (self.column - 1 - start)))
        number = f"{self.line:>6}"
        return (
            f"{number} | {before}{shown}{after}\n{' ' * len(number)} | {' ' * indent}{'^' * width}"
        )


Places = dict[Path, Place]
"""The place of each key (of each item in a list); the empty path is the config as a whole."""


Located = tuple[Place, Problem]


class LocatedConfigError(ConfigError):
    """Problems with a config, each with its place: one line a problem, in the order of the file.

    `problems` are all of them, the text has the first.
    """

    def __init__(self, found: Iterable[Located]) -> None:
        self.found = sorted(found, key=lambda pair: _order(pair[0]))
        super().__init__([problem for _, problem in self.found])
        said = {f"{place}: {describe(problem)}": place for place, problem in self.found}
        self._said = dict(islice(said.items(), _MOST_PROBLEMS))
        more = len(said) - len(self._said)
        self._rest = [f"... and {more:,} more; nncli check --json lists all"] if more else []
        self.args = ("\n".join([*self._said, *self._rest]),)

    def with_lines(self) -> str:
        """Return the same, with the line of the file below each problem."""
        parts = [part for said, place in self._said.items() for part in (said, place.excerpt())]
        return "\n".join(filter(None, [*parts, *self._rest]))


def _order(place: Place) -> tuple[bool, int, int]:
    """Files come before flags, which have no lines."""
    return (place.line == 0, place.line, place.column)


def located(problems: Iterable[Problem], places: Mapping[Path, Place]) -> list[Located]:
    """Return the problems with their places; what isn't in the file is looked for around it."""
    return [(nearest_place(problem.path, places), problem) for problem in problems]


def describe(problem: Problem) -> str:
    """Return `layers[2].units: what is wrong; the way out`."""
    where = f"{dotted(problem.path)}: " if problem.path else ""
    return where + "; ".join(filter(None, (problem.message, problem.hint)))


def dotted(path: Path) -> str:
    """Return `layers[2].units` for ("layers", 2, "units")."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def nearest_place(path: Path, places: Mapping[Path, Place]) -> Place:
    """Return where the path was written, or else what would be around it."""
    while path and path not in places:
        path = path[:-1]
    return places[path]
