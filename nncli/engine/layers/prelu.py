"""PReLU: a leaky ReLU that learns its slopes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from nncli.engine.activations.base import ZERO
from nncli.engine.component import require
from nncli.engine.constraints import Constraint
from nncli.engine.context import Context
from nncli.engine.initializers import Initializer, Zeros
from nncli.engine.layers.base import Layer
from nncli.engine.layers.shapes import batched, single
from nncli.engine.regularizers import Regularizer
from nncli.engine.types import Array, Arrays, Shape
from nncli.errors import ShapeError


@dataclass(kw_only=True)
class PReLU(Layer):
    """inputs where they are positive, else alpha * inputs (He et al., 2015), as keras.layers.PReLU.

    Input shape: any. Output shape: the same.
    """

    type: Literal["PReLU"] = "PReLU"
    alpha_initializer: Initializer = field(default_factory=Zeros)
    """How the slopes, one for each value of a row, start."""
    alpha_regularizer: Regularizer | None = None
    """What the slopes' size adds to the loss."""
    alpha_constraint: Constraint | None = None
    """What the slopes are held to after every step."""
    shared_axes: tuple[int, ...] | None = None
    """Axes along which there is one slope; `[1, 2]` gives an image one for each channel."""

    def check(self) -> None:
        """Refuse the axis of the rows, which share the slopes anyway."""
        require(
            all(axis >= 1 for axis in self.shared_axes or ()),
            f"shared_axes must be at least 1, got {list(self.shared_axes or ())}",
        )

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Declare the slopes."""
        shape = single(input_shapes)
        shared = set(self.shared_axes or ())
        if any(axis > len(shape) for axis in shared):
            raise ShapeError(f"shared_axes {sorted(shared)} aren't all in {batched(shape)}")
        self.summed = (0, *sorted(shared))
        slopes = tuple(1 if axis in shared else size for axis, size in enumerate(shape, 1))
        self.alpha = self.declare(
            "alpha",
            slopes,
            self.alpha_initializer,
            regularizer=self.alpha_regularizer,
            constraint=self.alpha_constraint,
        )
        self.scratch = self.add_buffer(None, *shape)
        self.positive = self.add_buffer(None, *shape, dtype=bool)
        return (shape,)

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Add the positive part and the scaled negative part."""
        below = np.minimum(inputs[0], ZERO, out=self.scratch.array)
        np.multiply(below, self.alpha.value, out=below)
        np.maximum(inputs[0], ZERO, out=outputs[0])
        np.add(outputs[0], below, out=outputs[0])

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """The slopes' gradient is the sum of d_outputs * inputs where those are negative."""
        product = np.minimum(inputs[0], ZERO, out=self.scratch.array)
        np.multiply(product, d_outputs[0], out=product)
        d_alpha = self.alpha.gradient
        np.sum(product, axis=self.summed, keepdims=True, out=d_alpha.reshape(1, *d_alpha.shape))
        if d_inputs[0] is not None:
            slope = np.less(inputs[0], ZERO, out=self.scratch.array)
            np.multiply(slope, self.alpha.value, out=slope)
            np.add(slope, np.greater(inputs[0], ZERO, out=self.positive.array), out=slope)
            np.multiply(d_outputs[0], slope, out=d_inputs[0])
