"""A config's text, from a file or from standard input."""

from __future__ import annotations

import difflib
import sys
from pathlib import Path

from nncli.config.places import LocatedConfigError, Place
from nncli.errors import ConfigError, Problem

LARGEST = 300_000
"""In bytes. Lists of thousands of columns fit; a table given by mistake is refused at once."""
STANDARD_INPUT = Path("-")


def read_source(path: Path) -> bytes:
    """Return the bytes of a config; `-` is standard input.

    Raises:
        ConfigError: it isn't there, can't be read, or is too large for a config.
    """
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


def decode(source: bytes, name: str) -> str:
    """Return the text; `name` is that of the file.

    Raises:
        LocatedConfigError: it isn't UTF-8.
    """
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        message = f"byte {source[error.start]:#04x} isn't UTF-8; save the config as UTF-8 text"
        column = error.start - source.rfind(b"\n", 0, error.start)
        place = Place(name, line, column)
        raise LocatedConfigError([(place, Problem(path=(), message=message))]) from None


def _like(path: Path) -> str:
    """Return a hint at files with similar names, if there are any."""
    try:
        names = [file.name for file in path.parent.iterdir() if file.is_file()]
    except OSError:
        return ""
    close = difflib.get_close_matches(path.name, names, 1)
    return f"; did you mean {path.parent / close[0]}?" if close else ""
