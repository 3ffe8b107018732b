"""The contract of an activation function, and the numbers that they all use.

`forward(x, y)` writes y from x; `backward(x, y, d_y)` turns the gradient of y, in place, into that
of x. Where the derivative can be told from y alone, x and y may be the same array, so that a
layer needs no second buffer; the others say so by `keeps_inputs`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from nncli.engine.component import Component
from nncli.engine.types import Array, Call, Shape

# As arrays: a ufunc on a small array takes twice as long with a Python number (0.8 against 0.4 us).
ZERO, HALF, ONE = (np.array(value, np.float32) for value in (0.0, 0.5, 1.0))
_LOWEST = np.array(-88.0, np.float32)
"""Beyond it exp(-x) overflows in float32."""


@dataclass(kw_only=True)
class Activation(Component):
    """An elementwise function, or one over the last axis."""

    keeps_inputs: ClassVar[bool] = False
    """Whether backward needs x as it was; if not, x may have been overwritten by y."""

    works_on_parts: ClassVar[bool] = False
    """Whether arrays may be some rows of a batch after the other, y in the place of x."""

    def build(self, shape: Shape) -> None:
        """Declare the buffers wanted for arrays of (rows, *shape)."""

    def forward(self, x: Array, y: Array) -> None:
        """Write the function of x to y."""
        raise NotImplementedError

    def forward_calls(self, x: Array, y: Array) -> list[Call]:
        """Return what `forward` does on these arrays, for layers that list their calls."""
        return [(self.forward, (x, y))]

    def apply(self, x: Array) -> Array:
        """Return the function of x as a new array, whatever buffers are bound."""
        function, y = replace(self), np.empty_like(x)
        function.set_float_type(x.dtype)
        function.build(x.shape[1:])
        for buffer in function.buffers:
            buffer.memory.reserve(len(x))
            buffer.array = buffer.view(len(x))
        function.forward(x, y)
        return y

    def backward(self, x: Array, y: Array, d_y: Array) -> None:
        """Turn the gradient with respect to y into the one with respect to x, in place."""
        raise NotImplementedError

    def backward_calls(self, x: Array, y: Array, d_y: Array) -> list[Call]:
        """Return what `backward` does on these arrays."""
        return [(self.backward, (x, y, d_y))]

    def constant(self, value: float) -> Array:
        """Return a number as a ufunc takes it fastest, in this activation's precision."""
        return np.array(value, self.float_type)


@dataclass(kw_only=True)
class Elementwise(Activation):
    """A function of each value by itself; its gradient is multiplied by the slope."""

    def build(self, shape: Shape) -> None:
        """Keep an array for the slopes, which forward may use for itself."""
        self.slope = self.add_buffer(None, *shape)

    def backward(self, x: Array, y: Array, d_y: Array) -> None:
        """Multiply by the slope."""
        slope = self.slope.array[: len(y)]
        self.write_slope(x, y, slope)
        np.multiply(d_y, slope, out=d_y)

    def write_slope(self, x: Array, y: Array, slope: Array) -> None:
        """Write the derivative of y with respect to x."""
        raise NotImplementedError


def sigmoid(x: Array, y: Array) -> Array:
    """Write 1 / (1 + exp(-x)) to y, which keeps small values' digits.

    tanh(x / 2) / 2 + 1 / 2 has none left below 1e-7; gates, who can do without, are faster by it
    where a processor has a fast tanh (see nncli.engine.layers.gates).
    """
    np.maximum(x, _LOWEST, out=y)
    np.negative(y, out=y)
    np.exp(y, out=y)
    np.add(y, ONE, out=y)
    return np.divide(ONE, y, out=y)
