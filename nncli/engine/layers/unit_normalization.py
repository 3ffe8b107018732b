"""UnitNormalization: keeps the direction of each vector and makes its length 1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nncli.engine.context import Context
from nncli.engine.layers.axes import Axes, check_axes, resolve_axes
from nncli.engine.layers.base import Layer
from nncli.engine.layers.shapes import single
from nncli.engine.layers.unit_vectors import UnitVectors
from nncli.engine.types import Array, Arrays, Shape


@dataclass(kw_only=True)
class UnitNormalization(Layer):
    """outputs = inputs / sqrt(sum(inputs²)), summed over `axis`, as keras.layers.UnitNormalization.

    Input shape: any. Output shape: the same.
    """

    type: Literal["UnitNormalization"] = "UnitNormalization"
    axis: Axes = -1
    """The axis, or axes, along which vectors lie; 1 is the first after the rows, -1 the last."""

    def check(self) -> None:
        """Refuse to mix rows."""
        check_axes(self.axis)

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Keep each vector's length for backward."""
        shape = single(input_shapes)
        self.vectors = UnitVectors(self, shape, resolve_axes(self.axis, shape), largest=1e12)
        return (shape,)

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Divide by the lengths."""
        self.vectors.forward(inputs[0], outputs[0])

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """The gradient of a vector is at right angles to it."""
        if d_inputs[0] is not None:
            self.vectors.backward(outputs[0], d_outputs[0], d_inputs[0])
