"""What normalizing layers share: a scale and an offset behind them, learned for each channel."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from nncli.engine.component import require, require_finite
from nncli.engine.constraints import Constraint
from nncli.engine.context import Context
from nncli.engine.initializers import Initializer, Ones, Zeros
from nncli.engine.layers.base import Layer
from nncli.engine.layers.part_means import PartMeans
from nncli.engine.layers.shapes import single
from nncli.engine.regularizers import Regularizer
from nncli.engine.types import Array, Arrays, Shape


@dataclass(kw_only=True)
class Normalizing(Layer):
    """Base: gamma * (inputs - mean) / sqrt(variance + epsilon) + beta."""

    epsilon: float = 1e-3
    """Added to the variance, so that constant values divide by something."""
    center: bool = True
    """Whether beta is added."""
    scale: bool = True
    """Whether gamma multiplies."""
    beta_initializer: Initializer = field(default_factory=Zeros)
    """How beta starts."""
    gamma_initializer: Initializer = field(default_factory=Ones)
    """How gamma starts."""
    beta_regularizer: Regularizer | None = None
    """What beta's size adds to the loss."""
    gamma_regularizer: Regularizer | None = None
    """What gamma's size adds to the loss."""
    beta_constraint: Constraint | None = None
    """What beta is held to after every step."""
    gamma_constraint: Constraint | None = None
    """What gamma is held to after every step."""

    def check(self) -> None:
        """Refuse a negative epsilon."""
        require_finite("epsilon", self.epsilon)
        require(self.epsilon >= 0, f"epsilon must not be negative, got {self.epsilon}")

    def declare_scale(self, shape: Shape) -> None:
        """Declare gamma and beta, as far as they are wanted."""
        if self.scale:
            self.gamma = self.declare(
                "gamma",
                shape,
                self.gamma_initializer,
                regularizer=self.gamma_regularizer,
                constraint=self.gamma_constraint,
            )
        if self.center:
            self.beta = self.declare(
                "beta",
                shape,
                self.beta_initializer,
                regularizer=self.beta_regularizer,
                constraint=self.beta_constraint,
            )


@dataclass(kw_only=True)
class RowNormalizing(Normalizing):
    """Base of those that normalize a row, or parts of it, by its own mean and variance."""

    def part(self, shape: Shape) -> tuple[Shape, tuple[int, ...], tuple[int, ...]]:
        """Say how rows are seen, over which axes of that they are averaged, and where gamma lies.

        Raises:
            ShapeError: if the layer doesn't fit the rows.
        """
        raise NotImplementedError

    def gamma_shape(self, sizes: Shape) -> Shape:
        """Return the shape of gamma and beta, from the sizes of the axes in which they lie."""
        return sizes

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Declare gamma and beta, and room for what backward needs."""
        shape = single(input_shapes)
        self.parted, averaged, scaled = self.part(shape)
        self.means = PartMeans(self, self.parted, averaged)
        self.scaled_shape: Shape = tuple(
            size if axis in scaled else 1 for axis, size in enumerate(self.parted, start=1)
        )
        self.unscaled = tuple(n for n, size in enumerate(self.parted) if n + 1 not in scaled)
        self.declare_scale(self.gamma_shape(tuple(self.parted[axis - 1] for axis in scaled)))
        self.normalized, self.scratch = (self.add_buffer(None, *self.parted) for _ in range(2))
        self.mean, self.inverse = (self.add_buffer(None, *self.means.shape) for _ in range(2))
        self.ones, self.row = self.add_constant(1.0, None), self.add_buffer(*self.parted)
        return (shape,)

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Center, divide by the deviation, then scale and shift."""
        x, y = (array.reshape(-1, *self.parted) for array in (inputs[0], outputs[0]))
        normalized, inverse = self.normalized.array, self.inverse.array
        np.subtract(x, self.means.of(x, self.mean.array), out=normalized)
        squares = np.multiply(normalized, normalized, out=self.scratch.array)
        np.add(self.means.of(squares, inverse), self.epsilon, out=inverse)
        np.sqrt(inverse, out=inverse)
        np.divide(1.0, inverse, out=inverse)
        np.multiply(normalized, inverse, out=normalized)
        if self.scale:
            np.multiply(normalized, self.gamma.value.reshape(self.scaled_shape), out=y)
        else:
            np.copyto(y, normalized)
        if self.center:
            np.add(y, self.beta.value.reshape(self.scaled_shape), out=y)

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """Mean and variance depend on every value of a part, and so does the gradient.

        With d = d_outputs * gamma and the means over a part
        d_x = (d - mean(d) - normalized * mean(d * normalized)) / deviation.
        """
        d_y, normalized = d_outputs[0].reshape(-1, *self.parted), self.normalized.array
        if self.center:
            self._sum_rows(d_y, self.beta.gradient)
        product = np.multiply(d_y, normalized, out=self.scratch.array)
        if self.scale:
            self._sum_rows(product, self.gamma.gradient)
        if d_inputs[0] is None:
            return
        if self.scale:
            gamma = self.gamma.value.reshape(self.scaled_shape)
            np.multiply(d_y, gamma, out=d_y)
            np.multiply(product, gamma, out=product)
        d_x, mean = d_inputs[0].reshape(-1, *self.parted), self.mean.array
        np.multiply(normalized, self.means.of(product, mean), out=product)
        np.subtract(d_y, product, out=d_x)
        np.subtract(d_x, self.means.of(d_y, mean), out=d_x)
        np.multiply(d_x, self.inverse.array, out=d_x)

    def _sum_rows(self, values: Array, total: Array) -> None:
        """Add up all that one number of gamma or beta has met, the rows first, as a product."""
        row = self.row.array
        self.ones.array.dot(values.reshape(len(values), -1), row.reshape(-1))
        np.add.reduce(row, axis=self.unscaled, keepdims=True, out=total.reshape(self.scaled_shape))
