"""Looking at one output only."""

from __future__ import annotations

from typing import Any

from nncli.engine.types import Shape
from nncli.errors import ShapeError


def check_class(metric: str, class_id: int | None, shape: Shape) -> None:
    """Refuse a class that isn't there.

    Raises:
        ShapeError: saying which there are.
    """
    if class_id is not None and not 0 <= class_id < shape[-1]:
        raise ShapeError(f"{metric} has class_id {class_id}; outputs go from 0 to {shape[-1] - 1}")


def of_class(class_id: int | None) -> tuple[Any, ...]:
    """Return the index of one output of every row, or of all."""
    return (...,) if class_id is None else (..., slice(class_id, class_id + 1))
