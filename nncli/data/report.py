"""What was odd about rows that could be used all the same, to be told in the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from nncli.data.naming import counted, listed, shown
from nncli.data.sources.table import Column


@dataclass
class Report:
    """Counts of odd things, of as many tables and pieces of them as it is handed to."""

    unseen: dict[Column, Counter[str]] = field(default_factory=dict)
    """Categories that the training rows don't have, by column, and how often they came."""
    dropped: int = 0
    """Rows that were left out for a missing cell."""

    def add_unseen(self, column: Column, category: str, rows: int) -> None:
        """Count a category that the training rows don't have."""
        self.unseen.setdefault(column, Counter())[category] += rows

    def lines(self, what: str, consequence: str = "left out") -> Iterator[str]:
        """Yield a sentence for each odd thing about `what`, such as a table's path."""
        if self.dropped:
            yield f"{what}: {counted(self.dropped, 'row')} {consequence} because of a missing cell"
        for column, categories in self.unseen.items():
            yield f"{what}: {unseen_in_words(column, categories)}"


def unseen_in_words(column: Column, categories: Counter[str]) -> str:
    """Return which categories of a column the training rows don't have, and how often they came."""
    names = [shown(category) for category, _ in categories.most_common()]
    return (
        f"{counted(categories.total(), 'row')} with a category in column {column!r} that the "
        f"training rows don't have: {listed(names)}"
    )
