"""How a table is written, seen from its first lines."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from nncli.data.sources.cells import is_number
from nncli.data.sources.dialect import Dialect
from nncli.data.sources.files import readable, seen_encoding
from nncli.data.sources.opening import holds_text, opened
from nncli.data.sources.table import OptionError

_MOST_TRIES = 4
_WITH_COMMA = re.compile(r"-?\d+,\d+")


def recognise(path: Path, *, header: bool | None = None) -> Dialect:
    """Return the options that a table wants to be read with.

    Args:
        path: The file.
        header: Whether the first line names the columns; None if that is to be seen.

    Raises:
        DataError: It can't be read.
    """
    dialect = Dialect(header=header is not False, encoding=_encoding(path))
    said = {"header"} if header is not None else set()
    for _ in range(_MOST_TRIES):
        try:
            with opened(path, dialect) as table:
                names = [str(name) for name in table.names]
        except OptionError as error:
            if error.option in said:
                raise  # the user has said otherwise, or one guess speaks against another
            change: dict[str, Any] = {error.option: error.wanted}
            dialect = replace(dialect, **change)
            said.add(error.option)
            continue
        if "header" in said or not any(map(_is_fraction, names)):
            break
        dialect = replace(dialect, header=False)
        said.add("header")
    return replace(dialect, decimal=",") if _has_decimal_commas(path, dialect) else dialect


def _encoding(path: Path) -> str:
    """Return what a text is written in; whatever can't be read is told when it is opened."""
    if not holds_text(path) or not path.is_file():
        return "utf-8"
    with readable(path, str(path)):
        return seen_encoding(path)


def _has_decimal_commas(path: Path, dialect: Dialect) -> bool:
    """Whether fractions are written 1,5 where commas don't stand between cells."""
    if dialect.delimiter in (None, ","):
        return False
    with opened(path, dialect) as table:
        first = next(table.chunks((), range(len(table.names))))
    cells = [cell for column in first.texts for cell in column]
    return any(map(_WITH_COMMA.fullmatch, cells)) and not any(map(_is_fraction, cells))


def _is_fraction(name: str) -> bool:
    """Whether a name is a number such as 5.1, which is a cell rather than a name."""
    return "." in name and is_number(name)
