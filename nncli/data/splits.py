"""Which rows are held out of training: the last, random ones, or a fair share of each class."""

from __future__ import annotations

import numpy as np

from nncli.data.naming import counted
from nncli.data.section import SplitMethod
from nncli.engine.types import Array
from nncli.errors import ConfigError


def held_out(share: int | float, rows: int, purpose: str) -> int:
    """Return how many of the rows a count or fraction takes, a fraction rounded as Keras does.

    Raises:
        ConfigError: It takes none of them, or leaves none.
    """
    count = share if isinstance(share, int) else rows - int(rows * (1 - share))
    if count >= rows:
        raise ConfigError.at(
            ("data", purpose),
            f"{share} takes {counted(count, 'row')}, but there {'is' if rows == 1 else 'are'} only "
            f"{rows} to take from, and some must be left to train on",
            f"take fewer than {rows}" if rows > 1 else "",
        )
    return count


def take_out(
    rows: Array,
    count: int,
    *,
    method: SplitMethod,
    index: Array | None,
    seed: int,
    purpose: str,
) -> tuple[Array, Array]:
    """Divide row numbers into those that stay and those held out, both in their old order.

    Args:
        rows: Row numbers, ascending.
        count: How many to hold out, fewer than there are.
        method: Which ones.
        index: The class of each row of the table; None where the target is numbers.
        seed: Of the run.
        purpose: The split's name, for messages; each has random numbers of its own.

    Raises:
        ConfigError: The method doesn't fit the target or the number of rows.
    """
    held = np.zeros(len(rows), bool)
    random = np.random.default_rng([seed, *purpose.encode()])
    if method == "last":
        held[len(rows) - count :] = True
    elif method == "random":
        held[random.permutation(len(rows))[:count]] = True
    elif index is None:
        raise ConfigError.at(
            ("data", "split"), "split: stratified needs classes, but the target is numbers",
            "say split: random or split: last",
        )  # fmt: skip
    else:
        classes = index[rows]
        quotas = _allocate(np.bincount(classes), count, purpose)
        for label, quota in enumerate(quotas):
            held[random.permutation(np.flatnonzero(classes == label))[:quota]] = True
    return rows[~held], rows[held]


def _allocate(sizes: Array, count: int, purpose: str) -> Array:
    """Share a count among classes in proportion (largest remainder), one row of each left over."""
    limits = np.maximum(sizes - 1, 0)
    most = limits.sum()
    if count > most:
        raise ConfigError.at(
            ("data", purpose),
            f"it takes {count} of {counted(int(sizes.sum()), 'row')}, so that no row can be left "
            f"of each of the {np.count_nonzero(sizes)} classes",
            f"take at most {most}, or say split: random" if most else "say split: random",
        )
    exact = sizes * (count / sizes.sum())
    quotas: Array = np.minimum(np.floor(exact).astype(np.int64), limits)
    while (short := count - int(quotas.sum())) > 0:
        open_classes = np.flatnonzero(quotas < limits)
        order = np.argsort(-(exact - quotas)[open_classes], kind="stable")
        quotas[open_classes[order[:short]]] += 1
    return quotas
