"""Activation: a layer that is nothing but an activation function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.activations import Activation as ActivationFunction
from nncli.engine.activations import Linear
from nncli.engine.context import Context
from nncli.engine.layers.base import Layer, single
from nncli.engine.types import Array, Arrays, Shape


@dataclass(kw_only=True)
class Activation(Layer):
    """Applies an activation function, as keras.layers.Activation.

    Input shape: any. Output shape: the same.
    """

    type: Literal["Activation"] = "Activation"
    activation: ActivationFunction
    """The function."""

    @property
    def final_activation(self) -> str:
        """The activation."""
        return self.activation.type

    def release_activation(self) -> ActivationFunction:
        """Give away the activation and become the identity."""
        activation, self.activation = self.activation, Linear()
        return activation

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Return the shape that came in."""
        shape = single(input_shapes)
        self.adopt_activation(self.activation, shape)
        return (shape,)

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Apply the function."""
        self.activation.forward(inputs[0], outputs[0])

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """Multiply the gradient by the slope."""
        if d_inputs[0] is not None:
            self.activation.backward(inputs[0], outputs[0], d_outputs[0])
            np.copyto(d_inputs[0], d_outputs[0])
