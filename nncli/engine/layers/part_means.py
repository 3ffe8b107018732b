"""Means over some axes of every row, as the layers need them that normalize rows by themselves."""

from __future__ import annotations

from itertools import groupby
from math import prod

import numpy as np

from nncli.engine.buffers import Buffer
from nncli.engine.layers.base import Layer
from nncli.engine.types import Array, Shape


class PartMeans:
    """Means of (rows, *shape) over axes, which stay as axes of size 1.

    A mean is a product with a vector of 1/size, one for each run of neighbouring axes: np.mean
    takes six times as long over 64 features, and sixty times over the channels of a group.

    Arguments:
        owner: the layer, which owns the buffers.
        shape: of a row.
        axes: those to average over; 1 is the first of a row.
    """

    def __init__(self, owner: Layer, shape: Shape, axes: tuple[int, ...]) -> None:
        self.axes = axes
        self.shape: Shape = tuple(
            1 if axis in axes else size for axis, size in enumerate(shape, start=1)
        )
        """Of a row's means."""
        self._stages: list[tuple[int, Buffer, Buffer]] = []
        sizes = list(shape)
        for averaged, run in groupby(enumerate(shape, start=1), key=lambda item: item[0] in axes):
            numbers = [axis for axis, _ in run]
            if averaged:
                first, last = numbers[0], numbers[-1]
                size = prod(sizes[first - 1 : last])
                after = prod(sizes[last:])
                sizes[first - 1 : last] = [1] * len(numbers)
                weights = owner.add_constant(1.0 / size, size)
                self._stages.append((after, weights, owner.add_buffer(None, *sizes)))

    def of(self, values: Array, means: Array) -> Array:
        """Write the means of the values, (rows, *shape with ones), and return them."""
        for number, (after, weights, buffer) in enumerate(self._stages, start=1):
            result = means if number == len(self._stages) else buffer.array
            size = len(weights.array)
            if after == 1:
                values.reshape(-1, size).dot(weights.array, result.reshape(-1))
            else:
                parts = values.reshape(-1, size, after)
                np.matmul(weights.array, parts, out=result.reshape(-1, after))
            values = result
        return means
