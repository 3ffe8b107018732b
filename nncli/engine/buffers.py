"""A model's working memory: arrays whose shape depends on the rows of the batch.

Made once and reused in every step. The short last batch uses the front part of the same memory,
so that no layer needs to know that there is one.
"""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from nncli.engine.types import Array, Shape

BatchShape = tuple[int | None, ...]
"""A shape in which None stands for the rows of the batch."""

_NOTHING = np.empty(0)


class Memory:
    """A stretch of bytes, large enough for every buffer that lies in it."""

    def __init__(self) -> None:
        self.buffers: list[Buffer] = []
        self.bytes: Array = np.empty(0, np.uint8)

    def size(self, rows: int) -> int:
        """Return how many bytes that many rows take."""
        return max(buffer.size(rows) * buffer.dtype.itemsize for buffer in self.buffers)

    def adopt(self, other: Memory) -> None:
        """Let the buffers of another memory lie here, over those that are here already."""
        for buffer in other.buffers:
            buffer.memory = self
        self.buffers += other.buffers
        other.buffers = []

    def reserve(self, rows: int) -> None:
        """Make room for that many rows; views made before keep the old memory."""
        self.bytes = np.zeros(self.size(rows), np.uint8)
        for buffer in self.buffers:
            if buffer.constant:
                buffer.view(rows).fill(buffer.constant)


class Buffer:
    """An array in reused memory; `array` is bound to the rows of the running batch.

    The array is contiguous for every number of rows, wherever the batch axis stands in the shape.
    It begins as zeros, or as `constant` where that is what it is for. A layer that gives the one
    inside it several rows for each of the batch says how many in `times`.
    """

    def __init__(
        self,
        shape: BatchShape,
        dtype: Any,
        memory: Memory | None = None,
        *,
        constant: float = 0.0,
    ) -> None:
        self.shape = shape
        self.dtype: np.dtype[Any] = np.dtype(dtype)
        self.constant = constant
        self.times = 1
        self.memory = memory or Memory()
        self.memory.buffers.append(self)
        self.array: Array = _NOTHING

    def reshaped(self, shape: BatchShape) -> Buffer:
        """Return a buffer of another shape on the same memory."""
        return Buffer(shape, self.dtype, self.memory)

    def shape_for(self, rows: int) -> Shape:
        """Return the shape with the rows filled in."""
        return tuple(rows * self.times if size is None else size for size in self.shape)

    def size(self, rows: int) -> int:
        """Return how many elements that many rows take."""
        return prod(self.shape_for(rows))

    def view(self, rows: int) -> Array:
        """Return the array for that many rows, at most those reserved."""
        used = self.memory.bytes[: self.size(rows) * self.dtype.itemsize]
        return used.view(self.dtype).reshape(self.shape_for(rows))
