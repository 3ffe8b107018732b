"""Looks at shapes: what layers ask of their inputs, and how messages print them."""

from __future__ import annotations

from nncli.engine.types import Array, Shape
from nncli.errors import ShapeError


def as_matrix(array: Array) -> Array:
    """Return the array seen as (everything but the last axis, last axis)."""
    return array if array.ndim == 2 else array.reshape(-1, array.shape[-1])


def single(input_shapes: tuple[Shape, ...], *, rank: int | None = None, axes: str = "") -> Shape:
    """Return the one input's shape, checked to have `rank` axes besides the batch.

    Raises:
        ShapeError: naming the axes that were expected, as in "(steps, features)".
    """
    if len(input_shapes) != 1:
        raise ShapeError(f"expected one input, got {len(input_shapes)}")
    (shape,) = input_shapes
    if rank is not None and len(shape) != rank:
        raise ShapeError(
            f"expected inputs of {rank} ax{'is' if rank == 1 else 'es'} {axes} after the batch, "
            f"got shape {batched(shape)}"
        )
    return shape


def batched(shape: Shape) -> str:
    """Return the shape as Keras prints it: (None, 28, 28, 1)."""
    return f"({', '.join(['None', *map(str, shape)])})" if shape else "(None,)"
