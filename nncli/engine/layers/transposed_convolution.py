"""The way back of a convolution: what it does to gradients is done to the inputs."""

from __future__ import annotations

from nncli.engine.component import Component
from nncli.engine.layers.convolution import Convolution
from nncli.engine.layers.products import Products
from nncli.engine.layers.windows import Windows
from nncli.engine.parameters import Weight
from nncli.engine.types import Array


class TransposedConvolution(Products):
    """Every input is spread over the window of outputs that a convolution would make it from.

    Arguments:
        owner: the layer on whose behalf the buffers are declared.
        windows: down and across what comes out, one for each input.
        kernel: (..., filters that come out, channels that come in).
    """

    def __init__(self, owner: Component, windows: tuple[Windows, Windows], kernel: Weight) -> None:
        self.convolution = Convolution(owner, windows, kernel)
        self.images = self.convolution.images

    def begin_forward(self) -> None:
        """Make the kernel ready."""
        self.convolution.begin_backward()

    def forward(self, images: Array, sums: Array) -> None:
        """Write the sums for a few images."""
        self.convolution.backward_images(images, sums)

    def backward(
        self, images: Array, d_sums: Array, d_images: Array | None, *, first: bool
    ) -> None:
        """Convolve the gradient, and read the images as the gradient that the kernel sees."""
        self.convolution.backward_kernel(d_sums, images, first=first)
        if d_images is not None:
            self.convolution.forward(d_sums, d_images)
