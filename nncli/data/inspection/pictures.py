"""Columns that are the pixels of a picture, told by their names and their values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import isqrt

import numpy as np

from nncli.data.inspection.contents import Content

_NUMBERED = re.compile(r"(?:pixel|pix|px)[\W_]*(\d+)", re.IGNORECASE)
_BY_PLACE = re.compile(r"(?:(?:pixel|pix|px)[\W_]*)?(\d+)[x_](\d+)", re.IGNORECASE)
_SMALLEST = 7
"""Rows of pixels in the smallest picture."""
_BRIGHTEST = 255


def picture_shape(contents: Sequence[Content]) -> tuple[int, int, int] | None:
    """Return height, width and the one channel of grey pictures, row by row; None for others."""
    names = [str(content.name) for content in contents]
    shape = shape_by_names(names)
    if shape is None or not all(map(_is_brightness, contents)):
        return None
    return *shape, 1


def shape_by_names(names: Sequence[str]) -> tuple[int, int] | None:
    """Return height and width where columns of these names are pixels, row by row."""
    height, width = _by_place(names) or _square(names) or (0, 0)
    return None if height < _SMALLEST or width < _SMALLEST else (height, width)


def brightest(contents: Sequence[Content]) -> int:
    """Return what white is: 1, 255, or what the brightest pixel has."""
    top = max(int(np.nanmax(content.values)) for content in contents if content.values is not None)
    return _BRIGHTEST if _BRIGHTEST // 2 < top <= _BRIGHTEST else max(top, 1)


def _is_brightness(content: Content) -> bool:
    values = content.values
    return values is not None and not content.missing and values.min() >= 0 and content.whole


def _by_place(names: Sequence[str]) -> tuple[int, int] | None:
    """Return the size where names such as pixel_0_3 or 1x4 count rows and columns."""
    found = [_BY_PLACE.fullmatch(name) for name in names]
    places = [(int(match[1]), int(match[2])) for match in found if match]
    if len(places) < len(names) or not places:
        return None
    first, last = places[0], places[-1]
    height, width = last[0] - first[0] + 1, last[1] - first[1] + 1
    expected = [(first[0] + i, first[1] + j) for i in range(height) for j in range(width)]
    return (height, width) if places == expected else None


def _square(names: Sequence[str]) -> tuple[int, int] | None:
    """Return the size where names such as pixel17, or bare numbers, count all pixels."""
    found = [_NUMBERED.fullmatch(name) or re.fullmatch(r"(\d+)", name) for name in names]
    numbers = [int(match[1]) for match in found if match]
    side = isqrt(len(names))
    in_turn = numbers == list(range(numbers[0], numbers[0] + len(names))) if numbers else False
    return (side, side) if in_turn and side * side == len(names) else None
