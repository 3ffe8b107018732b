"""BatchNormalization: gives each channel the mean and variance that the next layer likes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import prod
from typing import Literal

import numpy as np

from nncli.engine.component import require
from nncli.engine.context import Context
from nncli.engine.initializers import Initializer, Ones, Zeros
from nncli.engine.layers.axes import check_axes, resolve_axes
from nncli.engine.layers.normalizing import Normalizing
from nncli.engine.layers.shapes import as_matrix, batched, single
from nncli.engine.parameters import Weight
from nncli.engine.types import Array, Arrays, Shape
from nncli.errors import ShapeError

_CACHE_BYTES = 1 << 18
"""What the rows that are worked on at a time may take."""
_MASKED_EXCESS = 1e-7
"""What Keras adds to the number of unmasked values, so that it is never 0."""


@dataclass(kw_only=True)
class BatchNormalization(Normalizing):
    """gamma * (inputs - mean) / sqrt(variance + epsilon) + beta, for each channel.

    In training mean and variance are those of the batch, masked steps left out, and the moving ones
    follow them; else the moving ones are taken, as in frozen layers (Ioffe and Szegedy, 2015;
    keras.layers.BatchNormalization).

    Input shape: `(rows, ..., channels)`. Output shape: the same.
    """

    type: Literal["BatchNormalization"] = "BatchNormalization"
    axis: int = -1
    """The axis of the channels; 1 is the first after the rows, -1 the last."""
    momentum: float = 0.99
    """How slowly the moving mean and variance follow, 0 to 1."""
    moving_mean_initializer: Initializer = field(default_factory=Zeros)
    """How the moving mean, (channels,), starts."""
    moving_variance_initializer: Initializer = field(default_factory=Ones)
    """How the moving variance, (channels,), starts."""

    def check(self) -> None:
        """Refuse a momentum that is no fraction, to mix channels, and a negative epsilon."""
        super().check()
        check_axes(self.axis)
        require(0 <= self.momentum <= 1, f"momentum must lie between 0 and 1, got {self.momentum}")

    @property
    def needs_whole_batch(self) -> bool:
        """Its statistics are those of all replicas' rows."""
        return self.trainable

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Declare gamma, beta, the moving statistics, and vectors for what is worked out."""
        shape = single(input_shapes)
        (axis,) = resolve_axes(self.axis, shape)
        vector = shape[axis - 1 : axis]
        self.along_row = (*vector, *(1 for _ in shape[axis:]))
        self.others = tuple(number for number in range(len(shape)) if number != axis - 1)
        self.is_last = axis == len(shape)
        self.mask = self.input_masks[0]
        if self.mask and len(self.mask.shape) != len(shape):
            raise ShapeError(
                f"expected a mask of {batched(shape[:-1])} for inputs of {batched(shape)}, "
                f"got one of {batched(self.mask.shape_for(0)[1:])}"
            )
        self.declare_scale(vector)
        self.moving_mean = self._follow("moving_mean", vector, self.moving_mean_initializer)
        self.moving_variance = self._follow(
            "moving_variance", vector, self.moving_variance_initializer
        )
        self.mean, self.inverse = self.add_buffer(*vector), self.add_buffer(*vector)
        # Written out for a whole row, vectors multiply and add in long runs: a third of the time.
        self.factors, self.slopes, self.offsets = (self.add_buffer(*shape) for _ in range(3))
        self.rows = max(1, _CACHE_BYTES // (prod(shape) * self.float_type.itemsize))
        self.scratch = self.add_buffer(self.rows, *shape)
        self.ones = self.add_constant(1.0, self.rows * prod(shape[:-1]))
        return (shape,)

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Take the statistics, then outputs = inputs * factor + offset."""
        mean, variance = self.moving_mean.value, self.moving_variance.value
        if context.training and self.trainable:
            mean, variance = self._statistics(inputs[0], context)
            if context.replica == 0:  # the moving ones are shared
                self._move(self.moving_mean.value, mean)
                self._move(self.moving_variance.value, variance)
        self.mean.array[...] = mean
        self.inverse.array[...] = 1.0 / np.sqrt(variance + self.epsilon)
        factor = self._factor()
        factors, offsets = self.factors.array, self.offsets.array
        self._write_out(factors, factor)
        self._write_out(offsets, (self.beta.value if self.center else 0.0) - mean * factor)
        for part in self._parts(inputs[0]):
            output = outputs[0][part]
            np.multiply(inputs[0][part], factors, out=output)
            np.add(output, offsets, out=output)

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """The statistics depend on every input of the batch, and so does the gradient.

        With n values a channel, factor = gamma / s, s the deviation:
        d_x = factor * (d_y - sum(d_y) / n - (x - mean) / s² * sum(d_y * (x - mean)) / n).
        """
        x, d_y, d_x = inputs[0], d_outputs[0], d_inputs[0]
        if self.trainable:
            slope, offset = self._backward_statistics(x, d_y, context)
        else:
            slope = offset = np.zeros_like(self.mean.array)
        if d_x is None:
            return
        factors, slopes, offsets = self.factors.array, self.slopes.array, self.offsets.array
        self._write_out(slopes, slope)
        self._write_out(offsets, offset - slope * self.mean.array)
        for part in self._parts(x):
            through_statistics = self.scratch.array[: len(x[part])]
            np.multiply(x[part], slopes, out=through_statistics)
            np.add(through_statistics, offsets, out=through_statistics)
            through_statistics = self._without_padding(through_statistics, part)
            np.multiply(d_y[part], factors, out=d_x[part])
            np.add(d_x[part], through_statistics, out=d_x[part])

    def _backward_statistics(self, x: Array, d_y: Array, context: Context) -> tuple[Array, Array]:
        """Write the gradients of gamma and beta; return those of x through the statistics.

        They are slope * (x - mean) + offset.
        """
        d_sum, product = sums = np.zeros((2, *self.mean.array.shape), x.dtype)
        for part in self._parts(x):
            centered = self._center(x[part])
            product += self._sum(np.multiply(centered, d_y[part], out=centered))
            d_sum += self._sum(d_y[part])
        inverse, factor = self.inverse.array, self._factor()
        if self.center:
            self.beta.gradient[...] = d_sum
        if self.scale:
            self.gamma.gradient[...] = product * inverse
        context.meeting.add_up(context.replica, sums)
        slope = -factor * inverse * inverse * product / self.count
        offset = -factor * d_sum / self.count
        if self.mask:  # the mean is that much too small, so that deviations from it don't cancel
            offset -= slope * self.mean.array * _MASKED_EXCESS / self.count
        return slope, offset

    def _statistics(self, x: Array, context: Context) -> tuple[Array, Array]:
        """Return mean and variance of each channel; the mean first, so that nothing cancels."""
        total, counts = sums = np.zeros((2, *self.mean.array.shape), x.dtype)
        for part in self._parts(x):
            total += self._sum(self._without_padding(x[part], part))
            counts += self._count_visible(x[part], part)
        context.meeting.add_up(context.replica, sums)
        self.count = counts + _MASKED_EXCESS if self.mask else counts
        self.mean.array[...] = mean = total / self.count
        squares = np.zeros_like(mean)
        for part in self._parts(x):
            centered = self._without_padding(self._center(x[part]), part)
            squares += self._sum(np.multiply(centered, centered, out=centered))
        context.meeting.add_up(context.replica, squares)
        return mean, squares / self.count

    def _center(self, x: Array) -> Array:
        """Return some rows less the mean, in scratch memory."""
        means = self.slopes.array
        self._write_out(means, self.mean.array)
        return np.subtract(x, means, out=self.scratch.array[: len(x)])

    def _without_padding(self, x: Array, part: slice) -> Array:
        """Return some rows with zeros where the mask hides them, in scratch memory."""
        if self.mask is None:
            return x
        visible = self.mask.array[part][..., np.newaxis]
        return np.multiply(x, visible, out=self.scratch.array[: len(x)])

    def _count_visible(self, x: Array, part: slice) -> Array | int:
        """Return how many values of each channel count, in some rows."""
        if self.mask is None:
            return x.size // self.mean.array.size
        ones = self.scratch.array[: len(x)]
        ones[...] = self.mask.array[part][..., np.newaxis]
        return self._sum(ones)

    def _sum(self, x: Array) -> Array:
        """Return the sum of each channel, as a product: 2 us where np.sum takes 20."""
        matrix = as_matrix(x) if self.is_last else x.reshape(len(x), -1)
        total = self.ones.array[: len(matrix)].dot(matrix)
        return total if self.is_last else total.reshape(x.shape[1:]).sum(axis=self.others)

    def _write_out(self, row: Array, vector: Array) -> None:
        """Write each channel's number wherever the channel lies in a row."""
        row[...] = vector.reshape(self.along_row)

    def _factor(self) -> Array:
        return self.inverse.array * self.gamma.value if self.scale else self.inverse.array

    def _move(self, moving: Array, current: Array) -> None:
        moving *= self.momentum
        moving += (1.0 - self.momentum) * current

    def _parts(self, x: Array) -> Iterator[slice]:
        """Yield the rows of the batch, as many at a time as stay in the cache."""
        for start in range(0, len(x), self.rows):
            yield slice(start, start + self.rows)

    def _follow(self, name: str, shape: Shape, initializer: Initializer) -> Weight:
        return self.add_weight(name, Weight(shape, initializer, trainable=False))
