"""A convolution in groups: each part of the channels has kernels of its own."""

from __future__ import annotations

import numpy as np

from nncli.engine.component import Component
from nncli.engine.layers.convolution import Convolution
from nncli.engine.layers.products import Products, carve
from nncli.engine.layers.windows import Windows
from nncli.engine.parameters import Weight
from nncli.engine.types import Array


class GroupedConvolution(Products):
    """One convolution after the other, on copies of the parts of the kernel.

    Arguments:
        owner: the layer on whose behalf the buffers are declared.
        windows: down and across the image.
        kernel: (..., channels of a group, all filters).
        groups: how many there are.
    """

    def __init__(
        self, owner: Component, windows: tuple[Windows, Windows], kernel: Weight, groups: int
    ) -> None:
        *size, channels, filters = kernel.shape
        self.kernel = kernel
        self.channels = [slice(n * channels, (n + 1) * channels) for n in range(groups)]
        share = filters // groups
        self.filters = [slice(n * share, (n + 1) * share) for n in range(groups)]
        self.kernels = [Weight((*size, channels, share), kernel.initializer) for _ in self.filters]
        for part in self.kernels:
            part.value, part.gradient = np.zeros((2, *part.shape), owner.float_type)
        self.convolution = Convolution(owner, windows, self.kernels[0])
        self.images = self.convolution.images
        self.sums = owner.add_buffer(self.images * windows[0].count * windows[1].count * share)

    def begin_forward(self) -> None:
        """Copy the parts of the kernel."""
        for part, filters in zip(self.kernels, self.filters, strict=True):
            np.copyto(part.value, self.kernel.value[..., filters])

    def forward(self, images: Array, sums: Array) -> None:
        """Write the sums for a few images, group by group."""
        for kernel, channels, filters in zip(
            self.kernels, self.channels, self.filters, strict=True
        ):
            few = sums[..., filters]
            of_group = carve(self.sums.array, few.shape)
            self.convolution.kernel = kernel
            self.convolution.forward(images[..., channels], of_group)
            np.copyto(few, of_group)

    def backward(
        self, images: Array, d_sums: Array, d_images: Array | None, *, first: bool
    ) -> None:
        """Send the gradient of a few images' sums back, group by group."""
        for kernel, channels, filters in zip(
            self.kernels, self.channels, self.filters, strict=True
        ):
            few = d_sums[..., filters]
            of_group = carve(self.sums.array, few.shape)
            np.copyto(of_group, few)
            self.convolution.kernel = kernel
            self.convolution.begin_backward()
            d_part = None if d_images is None else d_images[..., channels]
            self.convolution.backward(images[..., channels], of_group, d_part, first=first)
            np.copyto(self.kernel.gradient[..., filters], kernel.gradient)
