"""A convolution of every channel by itself, and one with a mixing of channels behind it.

With one number for each tap and channel there is nothing to multiply as matrices: tap by tap, the
inputs are weighted and added up.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nncli.engine.component import Component
from nncli.engine.layers.products import CACHE_BYTES, Products, accumulate, carve
from nncli.engine.layers.shapes import as_matrix
from nncli.engine.layers.windows import Windows
from nncli.engine.parameters import Weight
from nncli.engine.types import Array


class DepthwiseConvolution(Products):
    """Sums over the windows of single channels.

    A kernel of several numbers for a channel works on an image that has the channel that often.

    Arguments:
        owner: the layer on whose behalf the buffers are declared.
        windows: down and across the image.
        kernel: (..., channels, numbers for each).
    """

    def __init__(self, owner: Component, windows: tuple[Windows, Windows], kernel: Weight) -> None:
        self.kernel, (self.down, self.across) = kernel, windows
        self.channels, self.times = kernel.shape[-2:]
        filters = self.channels * self.times
        taps = self.down.taps * self.across.taps
        count = self.down.count * self.across.count
        size = self.down.size * self.across.size
        row_bytes = (2 * size + 2 * count) * filters * owner.float_type.itemsize
        self.images = max(1, CACHE_BYTES // row_bytes)
        # Written out for all places of a line, the kernel is multiplied in long runs.
        self.lines = owner.add_buffer(taps, self.across.count, self.channels, self.times)
        self.products = owner.add_buffer(self.images * count * filters)
        repeated = self.images * size * filters if self.times > 1 else 0
        self.repeated, self.d_repeated = (owner.add_buffer(repeated) for _ in range(2))
        self.ones = owner.add_constant(1.0, self.images * count)
        self.part = owner.add_buffer(filters)

    def begin_forward(self) -> None:
        """Write the kernel out."""
        lines = self.lines.array
        numbers = self.kernel.value.reshape(len(lines), 1, self.channels, self.times)
        np.copyto(lines, numbers)

    def forward(self, images: Array, sums: Array) -> None:
        """Write the sums for a few images."""
        images = self._repeat(images)
        sums.fill(0.0)
        for line, to, start in self._taps():
            inputs, total = images[start], sums[to]
            products = carve(self.products.array, total.shape)
            np.multiply(inputs, line, out=products)
            np.add(total, products, out=total)

    def backward(
        self, images: Array, d_sums: Array, d_images: Array | None, *, first: bool
    ) -> None:
        """Send the gradient of a few images' sums back, tap by tap."""
        self._backward_kernel(self._repeat(images), d_sums, first=first)
        if d_images is None:
            return
        shape = (*d_images.shape[:-1], self.channels * self.times)
        d_repeated = carve(self.d_repeated.array, shape) if self.times > 1 else d_images
        d_repeated.fill(0.0)
        for line, to, start in self._taps():
            d_total, d_inputs = d_sums[to], d_repeated[start]
            products = carve(self.products.array, d_total.shape)
            np.multiply(d_total, line, out=products)
            np.add(d_inputs, products, out=d_inputs)
        if self.times > 1:
            np.sum(d_repeated.reshape(*d_images.shape, self.times), axis=-1, out=d_images)

    def _backward_kernel(self, images: Array, d_sums: Array, *, first: bool) -> None:
        """Set the kernel's gradient to the sums of inputs times gradients, or add these."""
        d_kernel = self.kernel.gradient.reshape(len(self.lines.array), -1)
        for d_tap, (_, to, start) in zip(d_kernel, self._taps(), strict=True):
            products = carve(self.products.array, d_sums[to].shape)
            np.multiply(images[start], d_sums[to], out=products)
            matrix = as_matrix(products)
            ones = self.ones.array[: len(matrix)]
            accumulate(ones, matrix, d_tap, self.part.array, first=first)

    def _taps(self) -> Iterator[tuple[Array, tuple[slice, ...], tuple[slice, ...]]]:
        """Yield each tap's numbers for a line of windows, the windows, and the inputs they meet."""
        lines = iter(self.lines.array.reshape(-1, self.across.count, self.channels * self.times))
        for rows, from_rows in self.down.inside():
            for places, from_places in self.across.inside():
                line = next(lines)[: places.stop - places.start]
                yield line, np.s_[:, rows, places], np.s_[:, from_rows, from_places]

    def _repeat(self, images: Array) -> Array:
        """Return the images with every channel as often as it is used."""
        if self.times == 1:
            return images
        repeated = carve(self.repeated.array, (*images.shape, self.times))
        np.copyto(repeated, images[..., np.newaxis])
        return repeated.reshape(*images.shape[:-1], -1)


class SeparableConvolution(Products):
    """A depthwise convolution, and a matrix product that mixes what comes out at every place.

    The sums between are made again in backward, which costs less than keeping those of a batch.

    Arguments:
        owner: the layer on whose behalf the buffers are declared.
        windows: down and across the image.
        depthwise_kernel: (..., channels, numbers for each).
        pointwise_kernel: (..., channels * numbers for each, filters).
    """

    def __init__(
        self,
        owner: Component,
        windows: tuple[Windows, Windows],
        depthwise_kernel: Weight,
        pointwise_kernel: Weight,
    ) -> None:
        self.depthwise = DepthwiseConvolution(owner, windows, depthwise_kernel)
        self.kernel = pointwise_kernel
        self.images = self.depthwise.images
        self.places = (windows[0].count, windows[1].count, pointwise_kernel.shape[-2])
        size = self.images * self.places[0] * self.places[1] * self.places[2]
        self.between, self.d_between = (owner.add_buffer(size) for _ in range(2))
        self.part = owner.add_buffer(*pointwise_kernel.shape[-2:])

    def begin_forward(self) -> None:
        """Get the depthwise one ready."""
        self.depthwise.begin_forward()

    def forward(self, images: Array, sums: Array) -> None:
        """Write the sums for a few images."""
        np.dot(self._mixed(images), as_matrix(self.kernel.value), out=as_matrix(sums))

    def backward(
        self, images: Array, d_sums: Array, d_images: Array | None, *, first: bool
    ) -> None:
        """Send the gradient of a few images' sums back through both."""
        d_matrix, kernel = as_matrix(d_sums), as_matrix(self.kernel.value)
        d_kernel = as_matrix(self.kernel.gradient)
        accumulate(self._mixed(images).T, d_matrix, d_kernel, self.part.array, first=first)
        d_between = carve(self.d_between.array, (len(images), *self.places))
        np.dot(d_matrix, kernel.T, out=as_matrix(d_between))
        self.depthwise.backward(images, d_between, d_images, first=first)

    def _mixed(self, images: Array) -> Array:
        """Return what the depthwise convolution makes of images, a row for every place."""
        between = carve(self.between.array, (len(images), *self.places))
        self.depthwise.forward(images, between)
        return as_matrix(between)
