"""Axes as configs number them: 0 is that of the rows, 1 the first of a row, -1 the last."""

from __future__ import annotations

from nncli.engine.component import require
from nncli.engine.layers.shapes import batched
from nncli.engine.types import Shape
from nncli.errors import ShapeError

Axes = int | tuple[int, ...]
"""One axis, or several."""


def check_axes(axis: Axes) -> None:
    """Refuse to mix rows, for `check`.

    Raises:
        ValueError: which begins with the field, `axis`.
    """
    axes = _listed(axis)
    require(bool(axes) and 0 not in axes, "axis must not be 0, which is that of the rows")


def resolve_axes(axis: Axes, shape: Shape) -> tuple[int, ...]:
    """Return the axes of rows of that shape in order, counted from the front.

    Raises:
        ShapeError: if there is no such axis.
    """
    rank = len(shape) + 1
    axes = tuple(sorted({each + rank if each < 0 else each for each in _listed(axis)}))
    if not all(1 <= each < rank for each in axes):
        raise ShapeError(f"axis {axis} isn't one of {batched(shape)}")
    return axes


def _listed(axis: Axes) -> tuple[int, ...]:
    return axis if isinstance(axis, tuple) else (axis,)
