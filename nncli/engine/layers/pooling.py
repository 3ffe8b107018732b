"""What pooling layers share: their windows, and how many images they work on at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import ClassVar

from nncli.engine.context import Context
from nncli.engine.layers.base import Layer
from nncli.engine.layers.shapes import single
from nncli.engine.layers.windows import (
    AXES,
    Padding,
    Sizes,
    as_images,
    lay_over,
    require_positive,
    spread,
)
from nncli.engine.types import Array, Arrays, Shape

_CACHE_BYTES = 1 << 20
"""What is left of the images between the pooling across and the pooling down may take."""


@dataclass(kw_only=True)
class Pooling(Layer):
    """Base: pools over the width first, to narrow images, and then over the height.

    For windows of n x n this takes 2n steps instead of n².
    """

    rank: ClassVar[int]
    pool_size: Sizes = 2
    """How large a window is, one number or one for each axis."""
    strides: Sizes | None = None
    """How far apart windows are, one number or one for each axis; by default they lie side by
    side."""
    padding: Padding = "valid"
    """`valid`: windows stay inside the inputs; `same`: they cover all of them."""

    def check(self) -> None:
        """Refuse empty windows."""
        require_positive("pool_size", self.pool_size)
        if self.strides is not None:
            require_positive("strides", self.strides)

    @property
    def tiles(self) -> bool:
        """Whether the windows lie side by side, and inside the image."""
        strides = self.pool_size if self.strides is None else self.strides
        sizes = spread(self.pool_size, self.rank)
        return self.padding == "valid" and spread(strides, self.rank) == sizes

    def output_mask(self) -> None:
        """Drop the mask, as Keras does: windows mix the steps."""

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Lay the windows, and make room for some narrow images and their gradients."""
        shape = single(input_shapes, rank=self.rank + 1, axes=AXES[self.rank])
        strides = self.pool_size if self.strides is None else self.strides
        self.down, self.across = lay_over(shape, self.pool_size, strides, 1, self.padding)
        narrow = (self.down.size, self.across.count, shape[-1])
        self.images = max(1, _CACHE_BYTES // (prod(narrow) * self.float_type.itemsize))
        self.narrow = self.add_buffer(self.images, *narrow)
        self.d_narrow = self.add_buffer(self.images, *narrow)
        places = (self.down.count, self.across.count)
        return ((*places[-self.rank :], shape[-1]),)

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Pool, a few images at a time."""
        images, pooled = as_images(inputs[0]), as_images(outputs[0])
        for part in self.portions(len(images)):
            self.pool(images[part], pooled[part])

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """Send gradients back, a few images at a time."""
        if d_inputs[0] is None:
            return
        arrays = [as_images(a) for a in (inputs[0], outputs[0], d_outputs[0], d_inputs[0])]
        for part in self.portions(len(inputs[0])):
            self.pool_back(*(array[part] for array in arrays))

    def pool(self, images: Array, pooled: Array) -> None:
        """Write what a few images are pooled to."""
        raise NotImplementedError

    def pool_back(self, images: Array, pooled: Array, d_pooled: Array, d_images: Array) -> None:
        """Write the gradient of a few images; that of what they are pooled to is used up."""
        raise NotImplementedError

    def portions(self, rows: int) -> Iterator[slice]:
        """Yield the rows of a batch, a few at a time."""
        for start in range(0, rows, self.images):
            yield slice(start, min(start + self.images, rows))


def along(axis: int, part: slice) -> tuple[slice, ...]:
    """Return the index of a part along one axis."""
    return (slice(None),) * axis + (part,)
