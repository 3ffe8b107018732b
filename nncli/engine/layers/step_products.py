"""The sum over all steps of left @ rightᵀ, which the gradients of recurrent weights are."""

from __future__ import annotations

import numpy as np

from nncli.engine.layers.base import Layer
from nncli.engine.types import Array

_COLUMNS = 512
"""Steps times rows that one product adds up. All at once would take half as long again, for then
the copies leave the cache before they are read; a product a step is slow where rows are few."""


class StepProducts:
    """Multiplies (steps, left, rows) and (steps, right, rows) to (left, right), some steps at once.

    A product over steps and rows wants them side by side, so both sides are copied there first.

    Arguments:
        owner: the layer.
        steps, left, right: of the arrays to come.
    """

    def __init__(self, owner: Layer, steps: int, left: int, right: int) -> None:
        self.steps = steps
        self.left, self.right = (owner.add_buffer(size, steps, None) for size in (left, right))
        self.product = np.empty((left, right), owner.float_type)

    def add_up(self, left: Array, right: Array, total: Array) -> None:
        """Write the sum to `total`, which is contiguous."""
        at_once = max(1, _COLUMNS // left.shape[-1])
        for start in range(0, self.steps, at_once):
            part = slice(start, start + at_once)
            lefts = _side_by_side(left[part], self.left.array)
            rights = _side_by_side(right[part], self.right.array)
            np.dot(lefts, rights.T, self.product if start else total)
            if start:
                np.add(total, self.product, total)


def _side_by_side(values: Array, memory: Array) -> Array:
    """Copy (steps, units, rows) to the front of the memory; return it as (units, steps * rows)."""
    steps, units, rows = values.shape
    copy = memory.reshape(-1)[: values.size].reshape(units, steps, rows)
    np.copyto(copy, values.transpose(1, 0, 2))
    return copy.reshape(units, -1)
