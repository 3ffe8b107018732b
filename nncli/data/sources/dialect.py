"""How a table of text is written: the options of reading it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nncli.data.sources import cells
from nncli.engine.types import Array


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """The options; where they are left out, a table is UTF-8 with a point in its fractions."""

    header: bool = True
    """Whether the first line names the columns."""
    delimiter: str | None = None
    """What stands between cells; None goes by the file's ending."""
    encoding: str = "utf-8"
    decimal: str = "."
    """What stands before the fraction of a number."""
    comment: str | None = None
    """The character that begins a comment, up to the end of the line."""
    markers: tuple[str | int | float, ...] = ()
    """What further cells hold no value."""
    usual_markers: bool = True
    """Whether "?", "NA", "null" and their kin hold none either."""

    @property
    def is_plain(self) -> bool:
        """Whether the fast reader knows it."""
        return self.decimal == "." and self.comment is None

    @cached_property
    def missing(self) -> frozenset[str]:
        """The cells that hold no value."""
        own = {str(marker) for marker in self.markers}
        return frozenset({"", *own} | (cells.MISSING if self.usual_markers else frozenset()))

    @cached_property
    def _missing_numbers(self) -> list[float]:
        return [float(m) for m in self.markers if isinstance(m, int | float) or cells.is_number(m)]

    def number(self, cell: str) -> float:
        """Return the number that a cell spells, NaN for a missing one.

        Raises:
            ValueError: The cell is anything else.
        """
        return float(self.numbers([cell])[0])

    def numbers(self, texts: Sequence[str]) -> Array:
        """Return the numbers of cells as float64 (cells,), NaN for missing ones.

        Raises:
            ValueError: A cell is neither a number nor missing.
        """
        if self.decimal != ".":
            if any("." in text for text in texts):  # thousands, or another table than was meant
                raise ValueError
            texts = [text.replace(self.decimal, ".") for text in texts]
        return self.blanked(cells.numbers(texts, self.missing))

    def is_number(self, cell: str) -> bool:
        """Tell whether a cell spells a number, or is missing."""
        try:
            self.numbers([cell])
        except ValueError:
            return False
        return True

    def blanked(self, numbers: Array) -> Array:
        """Return numbers in which those that stand for a missing one are NaN."""
        for marker in self._missing_numbers:
            numbers[numbers == marker] = np.nan
        return numbers
