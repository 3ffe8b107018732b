"""Config file and flags in, a LoadedConfig out; or all that is wrong with them."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from nncli.config.document import Document, parse
from nncli.config.overrides import Override, apply
from nncli.config.places import LocatedConfigError, Place, Places
from nncli.config.schema import Config, validate
from nncli.errors import ConfigError, Problem, ShapeError

LARGEST = 300_000
"""In bytes. Lists of thousands of columns fit; a table given by mistake is refused at once."""
STANDARD_INPUT = Path("-")


@dataclass(frozen=True, kw_only=True)
class LoadedConfig:
    """A checked config and where it came from."""

    config: Config
    path: Path | None
    """The file; None for standard input."""
    source: bytes
    """The file as it was, byte for byte."""
    plain: dict[str, Any]
    """What was written, with the flags' changes and without defaults."""
    places: Places

    @property
    def name(self) -> str:
        """The run's name: the config's, else the file's."""
        return self.config.name or (self.path.stem if self.path else "run")

    @property
    def directory(self) -> Path:
        """The folder that paths in the config start from."""
        return self.path.parent if self.path else Path()

    @contextmanager
    def locating(self) -> Iterator[None]:
        """Give errors that are found later, in data or shapes, their place in the file."""
        try:
            yield
        except LocatedConfigError:
            raise
        except ConfigError as error:
            raise LocatedConfigError(error.problems, self.places) from error
        except ShapeError as error:
            if error.layer is None:
                raise
            raise LocatedConfigError([error.as_problem()], self.places) from error


def load(
    path: Path, overrides: Sequence[Override] = (), *, for_training: bool = True
) -> LoadedConfig:
    """Read, change and check a config; `-` is standard input.

    `for_training` asks for `data`, without which only a summary can be made.

    Raises:
        ConfigError: all that is wrong, each with its place.
    """
    source = _read(path)
    name = "standard input" if path == STANDARD_INPUT else str(path)
    document = parse(_decode(source, name), name)
    if not isinstance(document.plain, dict):
        what = "is empty" if document.plain is None else "should be a mapping"
        message = f"the config {what}; it begins with keys such as 'data:' and 'layers:'"
        raise LocatedConfigError([Problem(path=(), message=message)], document.places)
    for override in overrides:
        apply(override, document)
    return LoadedConfig(
        config=_check(document, for_training=for_training),
        path=None if path == STANDARD_INPUT else path,
        source=source,
        plain=document.plain,
        places=document.places,
    )


def _check(document: Document, *, for_training: bool) -> Config:
    """Validate; what YAML couldn't make sense of is not complained about a second time."""
    unreadable = {problem.path for problem in document.problems}
    problems = list(document.problems)
    config = None
    try:
        config = validate(document.plain)
    except ValidationError as error:
        from nncli.config.messages import problems_of  # wanted for mistakes only

        found = problems_of(error, document.plain)
        problems += [problem for problem in found if problem.path not in unreadable]
    if for_training and document.plain.get("data") is None:
        problems.append(Problem(path=("data",), message="missing", hint="training needs a table"))
    if problems or config is None:
        raise LocatedConfigError(problems, document.places)
    return config


def _read(path: Path) -> bytes:
    try:
        if path == STANDARD_INPUT:
            source = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with path.open("rb") as file:
                source = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise ConfigError.at((), f"there is no file {path}{_like(path)}") from None
    except IsADirectoryError:
        raise ConfigError.at((), f"{path} is a folder; name a config file in it") from None
    except OSError as error:
        raise ConfigError.at((), f"can't read {path}: {error.strerror or error}") from error
    if len(source) > LARGEST:
        raise ConfigError.at((), f"{path} is larger than {LARGEST:,} bytes, too large for a config")
    return source


def _like(path: Path) -> str:
    """Return a hint at files with similar names, if there are any."""
    try:
        names = [file.name for file in path.parent.iterdir() if file.is_file()]
    except OSError:
        return ""
    close = difflib.get_close_matches(path.name, names, 1)
    return f"; did you mean {path.parent / close[0]}?" if close else ""


def _decode(source: bytes, name: str) -> str:
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        message = f"byte {source[error.start]:#04x} isn't UTF-8; save the config as UTF-8 text"
        column = error.start - source.rfind(b"\n", 0, error.start)
        place = Place(name, line, column)
        raise LocatedConfigError([Problem(path=(), message=message)], {(): place}) from None
