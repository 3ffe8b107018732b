"""Normalization: brings columns to mean 0 and variance 1, by statistics of the training rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import prod
from typing import Literal

import numpy as np

from nncli.engine.component import require
from nncli.engine.context import Context
from nncli.engine.initializers import Initializer, Ones, Zeros
from nncli.engine.layers.axes import Axes, check_axes, resolve_axes
from nncli.engine.layers.base import Layer
from nncli.engine.layers.shapes import batched, single
from nncli.engine.parameters import Weight
from nncli.engine.types import Array, Arrays, Shape
from nncli.errors import ShapeError

Numbers = float | tuple[float, ...]
"""One number for all, or one for each place of the axis."""
_SMALLEST = 1e-7
"""The least that is divided by, as in Keras."""


@dataclass(kw_only=True)
class Normalization(Layer):
    """(inputs - mean) / sqrt(variance), as keras.layers.Normalization.

    Mean and variance are those of what reaches the layer from the training rows before training
    begins, as Keras's `adapt` takes them; they are saved, and not trained. Or the config has them.

    Input shape: any. Output shape: the same.
    """

    type: Literal["Normalization"] = "Normalization"
    axis: Axes | None = -1
    """The axis, or axes, of which each place has its own mean and variance; null: all share one."""
    mean: Numbers | None = None
    """The mean, where it is known: one number, or one for each place of the axis."""
    variance: Numbers | None = None
    """The variance, where it is known; given together with the mean."""
    invert: bool = False
    """Whether to undo the normalization: inputs * sqrt(variance) + mean."""

    def check(self) -> None:
        """Refuse to mix rows, and half a pair of statistics."""
        if self.axis is not None:
            check_axes(self.axis)
        require(
            np.array(self.mean).shape == np.array(self.variance).shape
            and (self.mean is None) == (self.variance is None),
            "mean and variance must be given together, with as many numbers",
        )
        if self.variance is not None:
            require(bool(np.min(self.variance) >= 0), "variance must not be negative")

    @property
    def adapts(self) -> bool:
        """Unless the config gives what it would find."""
        return self.mean is None

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Declare the statistics, or keep those of the config.

        Raises:
            ShapeError: if those of the config don't fit the axis.
        """
        shape = single(input_shapes)
        axes = () if self.axis is None else resolve_axes(self.axis, shape)
        self.averaged = tuple(axis for axis in range(len(shape) + 1) if axis not in axes)
        sizes = tuple(shape[axis - 1] for axis in axes)
        self.along_row: Shape = tuple(
            size if axis in axes else 1 for axis, size in enumerate(shape, start=1)
        )
        if self.adapts:
            self.known = None
            self.kept_mean = self._keep("mean", sizes, Zeros())
            self.kept_variance = self._keep("variance", sizes, Ones())
            self._keep("count", (), Zeros())  # which nobody changes; Keras's files have it
        else:
            self.known = self._spread("mean", sizes), self._spread("variance", sizes)
        self.factors = self.add_buffer(*self.along_row)
        return (shape,)

    def adapt(self, batches: Iterable[Array]) -> None:
        """Take mean and variance of all batches, which are added up in float64.

        A batch's squared deviations are those from its own mean; to those from the mean of all
        comes what lies between the means (Chan et al., 1979), so that nothing cancels.
        """
        count, mean, squares = 0, np.zeros(self.kept_mean.shape), np.zeros(self.kept_mean.shape)
        for batch in batches:
            values = batch.astype(np.float64)
            new = prod(values.shape[axis] for axis in self.averaged)
            apart = values.mean(axis=self.averaged) - mean
            squares += values.var(axis=self.averaged) * new + apart**2 * count * new / (count + new)
            mean += apart * new / (count + new)
            count += new
        np.copyto(self.kept_mean.value, mean)
        np.copyto(self.kept_variance.value, squares / count)

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Center and divide, or the other way around."""
        mean, variance = self.known or (self.kept_mean.value, self.kept_variance.value)
        mean, factors = mean.reshape(self.along_row), self.factors.array
        np.sqrt(variance.reshape(self.along_row), out=factors)
        np.maximum(factors, _SMALLEST, out=factors)
        if self.invert:
            np.multiply(inputs[0], factors, out=outputs[0])
            np.add(outputs[0], mean, out=outputs[0])
        else:
            np.divide(1.0, factors, out=factors)
            np.subtract(inputs[0], mean, out=outputs[0])
            np.multiply(outputs[0], factors, out=outputs[0])

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """The slope is the factor."""
        if d_inputs[0] is not None:
            np.multiply(d_outputs[0], self.factors.array, out=d_inputs[0])

    def _keep(self, name: str, shape: Shape, initializer: Initializer) -> Weight:
        return self.add_weight(name, Weight(shape, initializer, trainable=False))

    def _spread(self, name: str, sizes: Shape) -> Array:
        """Return the config's numbers, one for each place of the axis."""
        numbers = np.array(getattr(self, name), self.float_type)
        try:
            return np.broadcast_to(numbers, sizes).copy()
        except ValueError:
            places = " x ".join(map(str, sizes)) or "1"
            raise ShapeError(
                f"{name} has {numbers.size} numbers, but axis {self.axis} of "
                f"{batched(self.input_shapes[0])} has {places} places"
            ) from None
