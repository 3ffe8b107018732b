"""Columns that are better left out: they teach nothing, or they give the target away."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from nncli.data.inspection.contents import Content, Inspected
from nncli.data.kinds.dates import Datetime
from nncli.data.naming import counted, shown
from nncli.data.sources.cells import is_number
from nncli.data.sources.table import Column
from nncli.engine.types import Array

Reason = Literal["empty", "constant", "copy", "id", "unclear", "infinite", "text", "twin"]

_ID = re.compile(r"(.*[\W_])?(id|uuid|guid)|index|unnamed: \d+", re.IGNORECASE)
_CAMEL_ID = re.compile(r".*[a-z](Id|ID)")
_TIME = re.compile(r"(.*[\W_])?(year|date|day|month|time|timestamp)", re.IGNORECASE)
_FEWEST_IDS = 20
_AS_GOOD_AS_EQUAL = 1 - 1e-9


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """A column that is better left out."""

    column: Column
    reason: Reason
    why: str
    """To be read after the name, as "a copy of the target"."""


@np.errstate(all="ignore")  # of numbers that aren't finite, or whose squares aren't
def find_left_out(table: Inspected, targets: Collection[Column]) -> list[LeftOut]:
    """Return the columns that shouldn't be features, in their order.

    Args:
        table: The table.
        targets: The target columns.
    """
    candidates = {name: c for name, c in table.columns.items() if name not in targets}
    found: dict[Column, LeftOut] = {}
    for name, content in candidates.items():
        for reason, why in _reasons(content, [table.columns[target] for target in targets]):
            found[name] = LeftOut(column=name, reason=reason, why=why)
            break
    rest = {name: content for name, content in candidates.items() if name not in found}
    for name, twin in _twins(rest).items():
        found[name] = LeftOut(column=name, reason="twin", why=f"says the same as {twin}")
    if len(found) == len(candidates):  # numbered rows may be all there is to learn from
        found = {
            name: each
            for name, each in found.items()
            if each.reason != "id" or candidates[name].kind is None
        }
    return [found[name] for name in candidates if name in found]


def is_time(content: Content) -> bool:
    """Whether a column says when, so that its rows have an order beyond their numbers."""
    return isinstance(content.kind, Datetime) or (
        content.values is not None and _TIME.fullmatch(str(content.name)) is not None
    )


def _reasons(content: Content, targets: Collection[Content]) -> Iterator[tuple[Reason, str]]:
    """Yield why a column should be left out, the best reason first."""
    if not content.present.any():
        yield "empty", "every cell is missing"
    elif content.distinct == 1 and not content.missing:
        yield "constant", "the same in every row"
    elif any(_gives_away(content, target) for target in targets):
        yield "copy", f"says the same as the target {' '.join(str(t.name) for t in targets)}"
    elif content.values is not None and np.isinf(content.values).any():
        yield "infinite", "holds infinite numbers"
    elif content.values is not None and (too_large := _beyond_float32(content.values)):
        yield "infinite", f"holds numbers beyond float32, as {too_large:g}"
    if _is_id(content):
        yield "id", "an id"
    elif _numbers_rows(content):
        yield "id", "numbers the rows"
    elif content.kind is None and content.texts is not None:
        yield _of_unclear(content)


def _beyond_float32(values: Array) -> float | None:
    """Return the first number that is infinite in single precision."""
    beyond = values[np.abs(values) > np.finfo(np.float32).max]
    return float(beyond[0]) if beyond.size else None


def _of_unclear(content: Content) -> tuple[Reason, str]:
    """Return what is to be said of text that is neither categories nor dates."""
    assert content.texts is not None
    texts = [text for text in content.texts.distinct if text]
    strange = [text for text in texts if not is_number(text)]
    if len(strange) < len(texts) / 2:
        cells = int(content.texts.counts()[[t in strange for t in content.texts.distinct]].sum())
        return "unclear", f"numbers, but for {counted(cells, 'cell')} such as {shown(strange[0])}"
    different = f"{content.distinct} different texts"
    if content.distinct == len(content.codes) and not any(" " in text for text in texts):
        return "id", f"an id, {different}"
    return "text", f"free text, {different}"


def _is_id(content: Content) -> bool:
    """Whether a column is called an id, and has as many values as ids have."""
    name = str(content.name)
    called = _ID.fullmatch(name) or _CAMEL_ID.fullmatch(name)
    return (
        bool(called)
        and content.distinct > _FEWEST_IDS
        and (content.whole or content.values is None)
    )


def _numbers_rows(content: Content) -> bool:
    """Whether the numbers go up by one from row to row, without being years or the like."""
    values = content.values
    if values is None or len(values) < _FEWEST_IDS or is_time(content):
        return False
    return values[0] in (0, 1) and bool((np.diff(values) == 1).all())


def _gives_away(content: Content, target: Content) -> bool:
    """Whether a column's cells leave no doubt about the target, being as few as its own."""
    if content.values is not None and target.values is not None and target.distinct > 2:
        both = content.present & target.present
        values, wanted = content.values[both], target.values[both]
        if min(np.ptp(values), np.ptp(wanted)) > 0:
            return bool(abs(np.corrcoef(values, wanted)[0, 1]) > _AS_GOOD_AS_EQUAL)
    rows = target.present
    few = content.distinct <= max(target.distinct, len(rows) // 50)
    pairs = np.stack([content.codes[rows], target.codes[rows]])
    kinds = len(np.unique(pairs[0]))
    return few and kinds > 1 and len(np.unique(pairs, axis=1).T) == kinds


def _twins(contents: Mapping[Column, Content]) -> dict[Column, Column]:
    """Return the columns that say just what an earlier one says, with that one."""
    first: dict[bytes, Column] = {}
    twins: dict[Column, Column] = {}
    for name, content in contents.items():
        if content.distinct > len(content.codes) / 2:  # all different is no likeness
            key = b"" if content.values is None else content.values.tobytes()
        else:
            key = content.partition
        if key and first.setdefault(key, name) != name:
            twins[name] = first[key]
    return twins


def in_order_of_time(table: Inspected) -> Column | None:
    """Return the column in whose order the rows stand, where it says when."""
    for name, content in table.columns.items():
        if is_time(content) and content.distinct > table.rows / 2 and not content.missing:
            if content.values is not None:
                ascending = bool((np.diff(content.values) >= 0).all())
            else:
                assert content.texts is not None
                cells = [content.texts.distinct[code] for code in content.codes]
                ascending = all(before <= after for before, after in pairwise(cells))
            if ascending:
                return name
    return None
