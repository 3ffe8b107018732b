"""What pooling layers share: their windows, and how many images they work on at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod

from nncli.engine.layers.base import Layer, single
from nncli.engine.layers.windows import Padding, Pair, lay_over_image, pair, require_positive
from nncli.engine.types import Shape

_CACHE_BYTES = 1 << 18
"""What is left of the images between the pooling across and the pooling down may take."""


@dataclass(kw_only=True)
class Pooling2D(Layer):
    """Pools over the width first, to narrow images, and then over the height.

    For windows of n x n this takes 2n steps instead of n².
    """

    pool_size: Pair = 2
    strides: Pair | None = None
    padding: Padding = "valid"

    def check(self) -> None:
        """Refuse empty windows."""
        require_positive("pool_size", self.pool_size)
        if self.strides is not None:
            require_positive("strides", self.strides)

    @property
    def tiles(self) -> bool:
        """Whether the windows lie side by side, and inside the image."""
        strides = self.pool_size if self.strides is None else self.strides
        return self.padding == "valid" and pair(strides) == pair(self.pool_size)

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Lay the windows, and make room for some narrow images and their gradients."""
        shape = single(input_shapes, rank=3, axes="(height, width, channels)")
        strides = self.pool_size if self.strides is None else self.strides
        self.down, self.across = lay_over_image(shape, self.pool_size, strides, 1, self.padding)
        narrow = (shape[0], self.across.count, shape[2])
        self.images = max(1, _CACHE_BYTES // (prod(narrow) * self.float_type.itemsize))
        self.narrow = self.add_buffer(self.images, *narrow)
        self.d_narrow = self.add_buffer(self.images, *narrow)
        return ((self.down.count, self.across.count, shape[2]),)

    def few(self, rows: int) -> Iterator[slice]:
        """Yield the rows of a batch, a few at a time."""
        for start in range(0, rows, self.images):
            yield slice(start, min(start + self.images, rows))


def along(axis: int, part: slice) -> tuple[slice, ...]:
    """Return the index of a part along one axis."""
    return (slice(None),) * axis + (part,)
