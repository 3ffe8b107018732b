"""Masking: says which steps of a sequence are padding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.buffers import Buffer
from nncli.engine.context import Context
from nncli.engine.layers.base import Layer
from nncli.engine.layers.shapes import single
from nncli.engine.types import Array, Arrays, Shape
from nncli.errors import ShapeError


@dataclass(kw_only=True)
class Masking(Layer):
    """Masks the steps whose features all are `mask_value`, as keras.layers.Masking.

    Recurrent layers, losses and metrics then leave these steps out.

    Input shape: `(rows, steps, ...)`. Output shape: the same.
    """

    type: Literal["Masking"] = "Masking"
    mask_value: float = 0.0
    """What padding is made of."""

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Keep the mask."""
        shape = single(input_shapes)
        if len(shape) < 2:
            raise ShapeError("expected sequences, (steps, features) after the batch")
        self.differs = self.add_buffer(None, *shape, dtype=bool)
        self.mask = self.add_buffer(None, *shape[:-1], dtype=bool)
        return (shape,)

    def output_mask(self) -> Buffer:
        """Return where any feature differs from the mask's value."""
        return self.mask

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Find the padding, and write zeros there."""
        differs, mask = self.differs.array, self.mask.array
        np.not_equal(inputs[0], self.mask_value, out=differs)
        np.any(differs, axis=-1, out=mask)
        np.multiply(inputs[0], mask[..., np.newaxis], out=outputs[0])

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """The gradient passes where the input did."""
        if d_inputs[0] is not None:
            np.multiply(d_outputs[0], self.mask.array[..., np.newaxis], out=d_inputs[0])
