"""Softmax as a layer, over any axes but that of the rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nncli.engine.activations import Activation as ActivationFunction
from nncli.engine.activations.linear import Linear
from nncli.engine.activations.softmax import Softmax as LastAxisSoftmax
from nncli.engine.activations.softmax import softmax, softmax_gradient
from nncli.engine.layers.activation import ActivationLayer
from nncli.engine.layers.axes import Axes, check_axes, resolve_axes
from nncli.engine.layers.shapes import single
from nncli.engine.types import Array, Shape
from nncli.errors import ShapeError


@dataclass(kw_only=True)
class Softmax(ActivationLayer):
    """exp(inputs) / sum(exp(inputs)), as keras.layers.Softmax.

    Input shape: any. Output shape: the same.
    """

    type: Literal["Softmax"] = "Softmax"
    axis: Axes = -1
    """The axis, or axes, that sum to 1; 1 is the first after the rows, -1 the last."""

    def __post_init__(self) -> None:
        self.released = False
        super().__post_init__()

    def check(self) -> None:
        """Refuse to mix rows."""
        check_axes(self.axis)

    @property
    def final_activation(self) -> str | None:
        """Softmax, where it is the one that losses know."""
        return "softmax" if self.axis in (-1, (-1,)) else None

    def release_activation(self) -> ActivationFunction:
        """Give away the softmax and become the identity."""
        self.released = True
        return LastAxisSoftmax()

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Number the axes from the front.

        Raises:
            ShapeError: if there is no such axis, or steps are masked.
        """
        if any(self.input_masks):
            raise ShapeError("Softmax can't leave out masked steps")
        self.axes = resolve_axes(self.axis, single(input_shapes))
        return super().build(input_shapes)

    def choose(self) -> ActivationFunction:
        """The activation function, where it does it."""
        if self.released:
            return Linear()
        return LastAxisSoftmax() if self.final_activation else _SoftmaxOver(axes=self.axes)


@dataclass(kw_only=True)
class _SoftmaxOver(ActivationFunction):
    axes: tuple[int, ...]

    def build(self, shape: Shape) -> None:
        """Keep scratch arrays for products and their sums."""
        kept = [1 if axis + 1 in self.axes else size for axis, size in enumerate(shape)]
        self.product, self.total = self.add_buffer(None, *shape), self.add_buffer(None, *kept)

    def forward(self, x: Array, y: Array) -> None:
        """Write the softmax."""
        softmax(x, y, self.total.array, self.axes)

    def backward(self, x: Array, y: Array, d_y: Array) -> None:
        """Turn the gradient."""
        softmax_gradient(y, d_y, self.product.array, self.total.array, self.axes)
