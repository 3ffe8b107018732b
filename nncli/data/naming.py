"""How messages speak of columns: quoted, listed in short, and with the nearest name."""

from __future__ import annotations

import json
from collections.abc import Sequence
from difflib import get_close_matches

from nncli.data.sources.table import Column

_MOST_LISTED = 20
_LONGEST = 80
"""Characters of a cell or name that are shown; one that holds half the file helps nobody."""

_NO_TEXTS = ("null", "true", "false")
"""Words that YAML takes for something else."""


def shown(cell: object) -> str:
    """Return a cell, label or name as Python writes it, cut short where it is very long."""
    text = repr(cell)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 20]}...{text[-1]}"


def counted(count: int, what: str) -> str:
    """Return `1 row` or `2 rows`."""
    return f"{count} {what}{'' if count == 1 else 's'}"


def listed(names: Sequence[object]) -> str:
    """Return names separated by commas, the middle left out where there are very many."""
    texts = [
        name if len(name := str(each)) <= _LONGEST else f"{name[:_LONGEST]}..." for each in names
    ]
    if len(texts) > _MOST_LISTED:
        return f"{', '.join(texts[:6])}, ..., {', '.join(texts[-2:])} ({len(texts)} in all)"
    return ", ".join(texts)


def in_yaml(names: Sequence[Column]) -> str:
    """Return names as a list that can be copied into a config."""
    if len(names) > _MOST_LISTED:
        return "[...]"
    return f"[{', '.join(map(_in_yaml, names))}]"


def _in_yaml(name: Column) -> str:
    if isinstance(name, int) or (name.isidentifier() and name.lower() not in _NO_TEXTS):
        return str(name)
    return json.dumps(name, ensure_ascii=not name.isprintable())


def as_categories(name: Column, **settings: int) -> str:
    """Return what data.columns says of a column of categories, to be copied into a config."""
    keys = "".join(f", {key}: {value}" for key, value in settings.items())
    return f"{{{in_yaml([name])[1:-1]}: {{type: categorical{keys}}}}}"


def nearest(name: object, names: Sequence[Column]) -> str | None:
    """Return the name most like the one given, or None where none is like it."""
    by_folded = {str(candidate).casefold(): str(candidate) for candidate in names}
    close = get_close_matches(str(name).casefold(), by_folded, n=1)
    return by_folded[close[0]] if close else None


def unknown_column(name: Column, names: Sequence[Column]) -> tuple[str, str]:
    """Return a message and a hint for a column that isn't in the table."""
    if isinstance(names[0], int) or isinstance(name, int):
        message = f"there is no column {name!r}"
        if isinstance(name, str) and isinstance(names[0], int):
            hint = f"without a header the columns are numbered 0 to {len(names) - 1}"
        else:
            hint = f"the table has {counted(len(names), 'column')}, numbered from 0"
        return message, hint
    close = nearest(name, names)
    hint = f"did you mean {close!r}? The" if close else "the"
    return f"there is no column {name!r}", f"{hint} columns are {listed(names)}"
