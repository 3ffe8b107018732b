"""What the kinds of convolution have in common: products of images and kernels, a few at a time."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

import numpy as np

from nncli.engine.component import Component
from nncli.engine.layers.shapes import as_matrix
from nncli.engine.parameters import Weight
from nncli.engine.types import Array, Shape

CACHE_BYTES = 2 << 20
"""What the work on a few images may take: 1 to 4 MiB are equally fast."""


class Products:
    """The sums of one kind of convolution, before bias and activation, and their gradients.

    Images are (rows, height, width, channels); sequences have height 1.
    """

    images: int
    """How many are worked on at a time."""

    def parts(self, rows: int) -> Iterator[slice]:
        """Yield the rows of a batch, a few at a time."""
        for start in range(0, rows, self.images):
            yield slice(start, min(start + self.images, rows))

    def begin_forward(self) -> None:
        """Get ready for a forward pass, and for the backward pass that follows it."""

    def forward(self, images: Array, sums: Array) -> None:
        """Write the sums for a few images."""
        raise NotImplementedError

    def begin_backward(self) -> None:
        """Get ready for a backward pass."""

    def backward(
        self, images: Array, d_sums: Array, d_images: Array | None, *, first: bool
    ) -> None:
        """Write the gradient of a few images (None: not wanted) and of the kernels.

        Those of the kernels are set for the `first` images of a batch, and added to afterwards.
        """
        raise NotImplementedError


class Bias:
    """A number for each filter, added at every place of an image.

    Arguments:
        owner: the layer on whose behalf the buffers are declared.
        weight: (filters,).
        places: height and width of an image.
        most: of how many places the gradient is summed at a time.
    """

    def __init__(self, owner: Component, weight: Weight, places: Shape, most: int) -> None:
        self.weight = weight
        self.image = owner.add_buffer(*places, *weight.shape)
        self.ones = owner.add_constant(1.0, most)
        self.part = owner.add_buffer(*weight.shape)

    def load(self) -> Array:
        """Return an image of the bias.

        Written out once, it is added in long runs: 4 against 10 µs for 26 x 26 x 32.
        """
        np.copyto(self.image.array, self.weight.value)
        return self.image.array

    def backward(self, d_sums: Array, *, first: bool) -> None:
        """Set the gradient to that of a few images' sums, or add if these aren't the `first`.

        A sum over rows as a product: 2 against 20 µs an image.
        """
        d_matrix = as_matrix(d_sums)
        ones = self.ones.array[: len(d_matrix)]
        accumulate(ones, d_matrix, self.weight.gradient, self.part.array, first=first)


def accumulate(a: Array, b: Array, total: Array, part: Array, *, first: bool) -> None:
    """Set `total` to a @ b at `first`, later add to it."""
    if first:
        np.dot(a, b, out=total)
    else:
        np.add(total, np.dot(a, b, out=part), out=total)


def carve(memory: Array, shape: Shape) -> Array:
    """Return an array of the given shape on the front of a flat one."""
    return memory[: prod(shape)].reshape(shape)
