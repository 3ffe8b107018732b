"""Config file and flags in, a LoadedConfig out; or all that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nncli.config.document import Document, parse
from nncli.config.draft import Draft, check
from nncli.config.overrides import Override, apply
from nncli.config.places import Located, LocatedConfigError, Places, located
from nncli.config.schema import Config
from nncli.config.source import STANDARD_INPUT, decode, read_source
from nncli.errors import ConfigError, Problem, ShapeError


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
        return directory_of(self.path)

    @contextmanager
    def locating(self) -> Iterator[None]:
        """Give errors that are found later, in data or shapes, their place in the file."""
        try:
            yield
        except LocatedConfigError:
            raise
        except ConfigError as error:
            raise LocatedConfigError(located(error.problems, self.places)) from error
        except ShapeError as error:
            if error.layer is None:
                raise
            raise LocatedConfigError(located([error.as_problem()], self.places)) from error


class InvalidConfigError(LocatedConfigError):
    """A config that doesn't follow the schema, and what of it can be used all the same."""

    def __init__(
        self, draft: Draft, document: Document, path: Path | None, refused: Sequence[Located]
    ) -> None:
        super().__init__([*refused, *located(draft.problems, document.places)])
        self.draft, self.places = draft, document.places
        self.directory = directory_of(path)


def load(
    path: Path, overrides: Sequence[Override] = (), *, for_training: bool = True
) -> LoadedConfig:
    """Read, change and check a config; `-` is standard input.

    `for_training` asks for `data`, without which only a summary can be made.

    Raises:
        ConfigError: all that is wrong, each with its place.
    """
    source = read_source(path)
    file = None if path == STANDARD_INPUT else path
    name = str(file or "standard input")
    document = parse(decode(source, name), name)
    if not isinstance(document.plain, dict):
        what = "is empty" if document.plain is None else "should be a mapping"
        message = f"the config {what}; it begins with keys such as 'data:' and 'layers:'"
        raise LocatedConfigError([(document.places[()], Problem(path=(), message=message))])
    refused: list[Located] = []
    for override in overrides:
        try:
            apply(override, document)
        except LocatedConfigError as error:
            refused += error.found
    draft = check(document, for_training=for_training)
    if refused or draft.problems:
        raise InvalidConfigError(draft, document, file, refused)
    return LoadedConfig(
        config=draft.config,
        path=file,
        source=source,
        plain=document.plain,
        places=document.places,
    )


def directory_of(path: Path | None) -> Path:
    """Return the folder that paths start from in a config file, or in standard input."""
    return path.parent if path else Path()
