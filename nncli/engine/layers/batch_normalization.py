"""BatchNormalization: gives each channel the mean and variance that the next layer likes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from nncli.engine.component import require
from nncli.engine.context import Context
from nncli.engine.initializers import Initializer, Ones, Zeros
from nncli.engine.layers.axes import check_axes, resolve_axes
from nncli.engine.layers.base import Layer
from nncli.engine.layers.channels import Channels, corner
from nncli.engine.layers.moments import MASKED_EXCESS, moments
from nncli.engine.layers.normalizing import Normalizing
from nncli.engine.layers.products import carve
from nncli.engine.layers.shapes import batched, single
from nncli.engine.parameters import Weight
from nncli.engine.types import Array, Arrays, Shape
from nncli.errors import ShapeError


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

    def joined_with(self, reader: Layer) -> Layer | None:
        """A pooling that reads the normalized values is done before they are normalized."""
        from nncli.engine.layers.pooled_normalization import join

        return join(self, reader)

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Declare gamma, beta, the moving statistics, and vectors for what is worked out."""
        shape = single(input_shapes)
        (axis,) = resolve_axes(self.axis, shape)
        vector = shape[axis - 1 : axis]
        mask = self.input_masks[0]
        if mask and len(mask.shape) != len(shape):
            raise ShapeError(
                f"expected a mask of {batched(shape[:-1])} for inputs of {batched(shape)}, "
                f"got one of {batched(mask.shape_for(0)[1:])}"
            )
        self.declare_scale(vector)
        self.moving_mean = self._follow("moving_mean", vector, self.moving_mean_initializer)
        self.moving_variance = self._follow(
            "moving_variance", vector, self.moving_variance_initializer
        )
        self.mean, self.inverse = self.add_buffer(*vector), self.add_buffer(*vector)
        self.channels = Channels(self, shape, axis, mask)
        self.factors, self.slopes, self.offsets = (self.add_buffer(*shape) for _ in range(3))
        return (shape,)

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Take the statistics, then outputs = inputs * factor + offset."""
        self.prepare(inputs[0], context)
        for part in self.channels.parts(len(inputs[0])):
            self.apply(inputs[0][part], outputs[0][part])

    def prepare(self, x: Array, context: Context) -> None:
        """Take the statistics of a batch, or the moving ones, and set what `apply` needs."""
        mean, variance = self.moving_mean.value, self.moving_variance.value
        if context.training and self.trainable:
            mean, variance, self.count = moments(x, self.channels, self.slopes.array, context)
            if context.replica == 0:  # the moving ones are shared
                self._move(self.moving_mean.value, mean)
                self._move(self.moving_variance.value, variance)
        self.mean.array[...] = mean
        self.inverse.array[...] = 1.0 / np.sqrt(variance + self.epsilon)
        factor = self.factor
        self.channels.write_out(factor, self.factors.array)
        offset = (self.beta.value if self.center else 0.0) - mean * factor
        self.channels.write_out(offset, self.offsets.array)

    def apply(self, x: Array, y: Array) -> None:
        """Write what becomes of some rows, or of a part of each."""
        np.multiply(x, corner(self.factors.array, x), out=y)
        np.add(y, corner(self.offsets.array, y), out=y)

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
            self.sum_gradients(x, d_y, context)
        if d_x is None:
            return
        for part in self.channels.parts(len(x)):
            np.multiply(d_y[part], self.factors.array, out=d_x[part])
            self.add_through_statistics(x[part], d_x[part], part)

    def sum_gradients(self, x: Array, d_y: Array, context: Context) -> None:
        """Set the gradients of gamma and beta, and what `add_through_statistics` needs.

        Values without a gradient may be left out.
        """
        d_sum, product = sums = np.zeros((2, self.channels.count), x.dtype)
        means = corner(self.slopes.array, x)
        self.channels.write_out(self.mean.array, means)
        for part in self.channels.parts(len(x)):
            centered = carve(self.channels.scratch(part).reshape(-1), x[part].shape)
            np.subtract(x[part], means, out=centered)
            product += self.channels.sum(np.multiply(centered, d_y[part], out=centered))
            d_sum += self.channels.sum(d_y[part])
        mean, inverse, factor = self.mean.array, self.inverse.array, self.factor
        if self.center:
            self.beta.gradient[...] = d_sum
        if self.scale:
            self.gamma.gradient[...] = product * inverse
        d_sum, product = context.meeting.add_up(context.replica, sums)
        slope = -factor * inverse * inverse * product / self.count
        offset = -factor * d_sum / self.count
        if self.channels.mask:  # the mean is that much too small: deviations from it don't cancel
            offset -= slope * mean * MASKED_EXCESS / self.count
        self.channels.write_out(slope, self.slopes.array)
        self.channels.write_out(offset - slope * mean, self.offsets.array)

    def add_through_statistics(self, x: Array, d_x: Array, part: slice) -> None:
        """Add to the gradient of some rows what reaches them through mean and variance."""
        if self.trainable:
            through_statistics = self.channels.scratch(part)
            np.multiply(x, self.slopes.array, out=through_statistics)
            np.add(through_statistics, self.offsets.array, out=through_statistics)
            self.channels.hide_padding(through_statistics, part)
            np.add(d_x, through_statistics, out=d_x)

    @property
    def factor(self) -> Array:
        """What each channel is multiplied with, (channels,)."""
        return self.inverse.array * self.gamma.value if self.scale else self.inverse.array

    def _move(self, moving: Array, current: Array) -> None:
        moving *= self.momentum
        moving += (1.0 - self.momentum) * current

    def _follow(self, name: str, shape: Shape, initializer: Initializer) -> Weight:
        return self.add_weight(name, Weight(shape, initializer, trainable=False))
