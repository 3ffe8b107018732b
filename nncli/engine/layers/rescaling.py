"""Rescaling: a fixed scale and offset, for pixels and the like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.component import require_finite
from nncli.engine.context import Context
from nncli.engine.layers.base import Layer
from nncli.engine.layers.shapes import single
from nncli.engine.types import Array, Arrays, Shape


@dataclass(kw_only=True)
class Rescaling(Layer):
    """outputs = inputs * scale + offset, as keras.layers.Rescaling.

    Input shape: any. Output shape: the same.
    """

    type: Literal["Rescaling"] = "Rescaling"
    scale: float
    """The factor; `1/255` brings pixels into 0..1."""
    offset: float = 0.0
    """Added after scaling."""

    def check(self) -> None:
        """Refuse factors that aren't finite."""
        require_finite("scale", self.scale)
        require_finite("offset", self.offset)

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Return the shape that came in."""
        return (single(input_shapes),)

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Scale and shift."""
        np.multiply(inputs[0], self.scale, out=outputs[0])
        np.add(outputs[0], self.offset, out=outputs[0])

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """The slope is the scale."""
        if d_inputs[0] is not None:
            np.multiply(d_outputs[0], self.scale, out=d_inputs[0])
