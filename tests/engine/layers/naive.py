"""Convolution and pooling written as plain loops over the definition."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np

from nncli.engine.layers.windows import Windows
from nncli.engine.types import Array

Axes = tuple[Windows, Windows]


def positions(axes: Axes) -> Iterator[tuple[int, int]]:
    """Yield the windows in reading order."""
    yield from product(range(axes[0].count), range(axes[1].count))


def window(axes: Axes, place: tuple[int, int]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield each tap of a window and the input it meets, in reading order, without padding."""
    for tap in product(range(axes[0].taps), range(axes[1].taps)):
        y, x = (
            at * axis.stride + number * axis.dilation - axis.before
            for axis, at, number in zip(axes, place, tap, strict=True)
        )
        if 0 <= y < axes[0].size and 0 <= x < axes[1].size:
            yield tap, (y, x)


def convolve(images: Array, kernel: Array, axes: Axes) -> Array:
    outputs = np.zeros((len(images), axes[0].count, axes[1].count, kernel.shape[-1]))
    for place in positions(axes):
        for tap, source in window(axes, place):
            outputs[:, *place] += images[:, *source] @ kernel[tap]
    return outputs


def convolve_back(
    images: Array, kernel: Array, axes: Axes, d_outputs: Array
) -> tuple[Array, Array]:
    d_images, d_kernel = np.zeros(images.shape), np.zeros(kernel.shape)
    for place in positions(axes):
        for tap, source in window(axes, place):
            d_images[:, *source] += d_outputs[:, *place] @ kernel[tap].T
            d_kernel[tap] += images[:, *source].T @ d_outputs[:, *place]
    return d_images, d_kernel


def pool(images: Array, axes: Axes, d_outputs: Array) -> tuple[Array, Array]:
    """Return the maxima, and the gradient that goes to the first holder of each."""
    outputs, d_images = np.zeros(d_outputs.shape), np.zeros(images.shape)
    for image, channel in product(range(len(images)), range(images.shape[-1])):
        for place in positions(axes):
            inputs = [source for _, source in window(axes, place)]
            values = [images[image, *source, channel] for source in inputs]
            first = inputs[values.index(max(values))]
            outputs[image, *place, channel] = max(values)
            d_images[image, *first, channel] += d_outputs[image, *place, channel]
    return outputs, d_images
