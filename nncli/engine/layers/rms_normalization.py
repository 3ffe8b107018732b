"""RMSNormalization: rows divided by the root of their mean square; no mean is taken off."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Literal

import numpy as np

from nncli.engine.buffers import Buffer
from nncli.engine.component import require, require_finite
from nncli.engine.context import Context
from nncli.engine.initializers import Ones
from nncli.engine.layers.axes import Axes, check_axes, resolve_axes
from nncli.engine.layers.base import Layer
from nncli.engine.layers.part_means import PartMeans
from nncli.engine.layers.shapes import single
from nncli.engine.types import Array, Arrays, Shape
from nncli.errors import ShapeError


@dataclass(kw_only=True)
class RMSNormalization(Layer):
    """scale * inputs / sqrt(mean(inputs²) + epsilon), with the mean over each row's `axis`.

    As keras.layers.RMSNormalization (Zhang and Sennrich, 2019), which lets no mask through; scale
    has the sizes of `axis`.

    Input shape: any. Output shape: the same.
    """

    type: Literal["RMSNormalization"] = "RMSNormalization"
    axis: Axes = -1
    """The last axis, or the last few, whose values are normalized together."""
    epsilon: float = 1e-6
    """Added to the mean, so that zeros divide by something."""

    def check(self) -> None:
        """Refuse to mix rows, and a negative epsilon."""
        check_axes(self.axis)
        require_finite("epsilon", self.epsilon)
        require(self.epsilon >= 0, f"epsilon must not be negative, got {self.epsilon}")

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Declare scale, and room for what backward needs.

        Raises:
            ShapeError: if other axes lie behind those of `axis`, along which Keras would scale.
        """
        shape = single(input_shapes)
        axes = resolve_axes(self.axis, shape)
        first = len(shape) - len(axes)
        if axes != tuple(range(first + 1, len(shape) + 1)):
            raise ShapeError(f"axis must name the last axis, or the last few, got {self.axis}")
        self.scale = self.declare("scale", shape[first:], Ones())
        self.means = PartMeans(self, shape, axes)
        self.normalized, self.product = (self.add_buffer(None, *shape) for _ in range(2))
        self.inverse, self.mean = (self.add_buffer(None, *self.means.shape) for _ in range(2))
        self.ones = self.add_constant(1.0, None, prod(shape[:first]))
        return (shape,)

    def output_mask(self) -> Buffer | None:
        """None, as in Keras: layers behind it see all steps."""
        return None

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Divide by the root, then scale."""
        x, normalized, inverse = inputs[0], self.normalized.array, self.inverse.array
        self.means.of(np.multiply(x, x, out=normalized), inverse)
        np.add(inverse, self.epsilon, out=inverse)
        np.sqrt(inverse, out=inverse)
        np.divide(1.0, inverse, out=inverse)
        np.multiply(x, inverse, out=normalized)
        np.multiply(normalized, self.scale.value, out=outputs[0])

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """The root depends on every value of a part.

        With d = d_outputs * scale, d_x = (d - normalized * mean(d * normalized)) / root.
        """
        d_y, d_x, normalized = d_outputs[0], d_inputs[0], self.normalized.array
        product = np.multiply(d_y, normalized, out=self.product.array)
        gradient = self.scale.gradient.reshape(-1)
        self.ones.array.reshape(-1).dot(product.reshape(-1, gradient.size), gradient)
        if d_x is None:
            return
        np.multiply(product, self.scale.value, out=product)
        mean = self.means.of(product, self.mean.array)
        np.multiply(normalized, mean, out=product)
        np.multiply(d_y, self.scale.value, out=d_x)
        np.subtract(d_x, product, out=d_x)
        np.multiply(d_x, self.inverse.array, out=d_x)
