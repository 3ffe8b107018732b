"""Lines of equally many cells, most of them numbers with or without a sign and a point.

A number is put together for all cells at once, with a few sums over all bytes: that takes a fifth
to two thirds of the time that a parser needs, which looks at one byte after the other. Its digits,
at most 15 of them, are a whole number that float64 holds exactly; divided by a power of ten,
likewise exact, it is rounded once, as Python rounds. The few cells with anything else in them are
read by themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from nncli.data.sources.unread import NotPlainError
from nncli.engine.types import Array

_MOST_DIGITS = 15
LONGEST_NUMBER = _MOST_DIGITS + len("-.")
_POWERS = np.array([float(10**count) for count in range(_MOST_DIGITS + 1)])
_TYPES = (np.uint8, np.uint16, np.uint32)
"""What holds any number of 2, 4 and 8 digits."""


def keep_memory() -> None:
    """Have the C library keep some megabytes that are freed, instead of giving them back each time.

    glibc keeps twice as much as the largest array that came and went. To get memory anew would
    take longer than what is done with it.
    """
    np.empty(1 << 22, np.uint8)


@dataclass(frozen=True)
class Grid:
    """The cells of lines, one after the other."""

    text: bytes
    width: int
    """How many a line has."""
    starts: Array
    stops: Array
    signs: Array
    """Whether a cell begins with a minus sign."""
    fractions: Array
    """How many characters stand behind the point, -1 where there is none."""
    odd: Array
    """Whether there is something in a cell that plain numbers don't have."""

    @classmethod
    def of(cls, text: bytes, delimiter: bytes, width: int) -> Grid:
        """Find the cells of lines.

        Raises:
            NotPlainError: The lines are of other lengths, or there is too much that is odd.
            UnicodeDecodeError: They are no UTF-8.
        """
        if not text.isascii():
            text.decode()
        if b'"' in text or b"\r" in text or text.startswith(b"\xef\xbb\xbf"):
            raise NotPlainError
        characters = np.frombuffer(text, np.uint8)
        line_ends = characters == ord("\n")
        ends = line_ends | (characters == ord(delimiter))
        plain = ends | _are_digits(characters)
        if b"." in text:
            points = characters == ord(".")
            plain |= points
            stops, fractions, odd = _around_points(ends, points)
        else:
            stops, fractions = np.flatnonzero(ends), np.array(-1)
            odd = np.zeros(len(stops), np.bool_)
        lines = np.count_nonzero(line_ends)
        if len(stops) != lines * width or not line_ends[stops[width - 1 :: width]].all():
            raise NotPlainError
        starts = np.roll(stops, 1) + 1
        starts[0] = 0
        signs = np.array(False)
        if b"-" in text:
            minus = characters == ord("-")
            minus[1:] &= ends[:-1]
            plain |= minus
            signs = minus[starts]
        strange = np.flatnonzero(~plain)
        if len(strange) > 4 * _most_odd(len(stops)):  # to find their cells takes time, too
            raise NotPlainError
        odd[np.searchsorted(stops, strange)] = True
        return cls(text, width, starts, stops, signs, fractions, odd)

    def numbers(self, columns: Sequence[int], others: Callable[[Sequence[str]], Array]) -> Array:
        """Return columns as float64 (rows, columns), NaN where a cell is empty.

        Args:
            columns: Which ones.
            others: What returns the numbers of cells that are no plain ones.

        Raises:
            NotPlainError: There are too many of these.
            ValueError: They are no numbers.
        """
        unsigned = self.stops - self.starts - self.signs
        digits = unsigned - (self.fractions >= 0)
        odd = self.odd | (digits < 1) | (digits > _MOST_DIGITS)
        longest = int(unsigned.max(where=~odd, initial=1))
        numbers = _whole(self.text, self.stops, longest).astype(np.float64)
        numbers /= _POWERS.take(self.fractions, mode="clip")
        numbers *= 1.0 - 2.0 * self.signs
        if odd.any():
            self._read_odd(numbers, odd, columns, others)
        return np.take(numbers.reshape(-1, self.width), np.array(columns, np.intp), axis=1)

    def _read_odd(
        self,
        numbers: Array,
        odd: Array,
        columns: Sequence[int],
        others: Callable[[Sequence[str]], Array],
    ) -> None:
        empty = self.starts == self.stops
        numbers[empty] = np.nan
        places = np.flatnonzero(odd & ~empty)
        places = places[np.isin(places % self.width, columns)]
        if len(places) > _most_odd(len(odd)):
            raise NotPlainError
        if len(places):
            numbers[places] = others(self._texts(places))

    def texts(self, column: int) -> list[str]:
        """Return the cells of a column, without the blanks around them."""
        return [cell.strip() for cell in self._texts(slice(column, None, self.width))]

    def _texts(self, places: Array | slice) -> list[str]:
        pairs = zip(self.starts[places].tolist(), self.stops[places].tolist(), strict=True)
        return [self.text[start:stop].decode() for start, stop in pairs]


def _most_odd(cells: int) -> int:
    return 16 + cells // 8  # with more, pandas is faster


def _are_digits(characters: Array) -> Array:
    return characters - np.uint8(ord("0")) <= 9


def _around_points(ends: Array, points: Array) -> tuple[Array, Array, Array]:
    """Return where cells end, how far behind a point, and which ones have several points."""
    marks = np.flatnonzero(ends | points)
    is_point = points[marks]
    last = np.flatnonzero(~is_point)
    stops = marks[last]
    before = last - 1  # -1 is the very last mark, which is no point
    has_point = is_point[before]
    fractions = np.where(has_point, stops - marks[before] - 1, -1)
    return stops, fractions, has_point & is_point[before - 1]


def _whole(text: bytes, stops: Array, longest: int) -> Array:
    """Return the whole numbers that stand in front of stops, points left out.

    Each byte gets what the last characters up to it are worth: first one, then two of them, then
    four. It is what the latter half is worth, and what the former half is times a factor: ten for
    each digit behind it, but nothing where the latter half begins in the cell before.
    """
    characters = np.frombuffer(text, np.uint8)
    are_digits = _are_digits(characters)
    worth = (characters - np.uint8(ord("0"))) * are_digits
    factor = are_digits * np.uint8(10)
    factor += characters == ord(".")
    count = 1
    for dtype in _TYPES:
        if count >= longest:
            break
        worth, factor = worth.astype(dtype), factor.astype(dtype)
        worth[count:] += worth[:-count] * factor[count:]
        factor[count:] *= factor[:-count]
        factor[:count] = 0
        count *= 2
    last = stops - 1
    whole = worth[last]
    if count < longest:  # they become too large to be worked out for every byte
        whole = whole + worth[last - count] * factor[last].astype(np.int64)
    return whole
