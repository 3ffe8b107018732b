"""Layers that are nothing but an activation function: what they share, and the general one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.activations import Activation as ActivationFunction
from nncli.engine.activations import Linear
from nncli.engine.context import Context
from nncli.engine.layers.base import Layer
from nncli.engine.layers.shapes import single
from nncli.engine.types import Array, Arrays, Shape


@dataclass(kw_only=True)
class ActivationLayer(Layer):
    """Applies the function that a subclass chooses."""

    def choose(self) -> ActivationFunction:
        """Return the function, new or the layer's own; asked when the layer is built."""
        raise NotImplementedError

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Return the shape that came in."""
        shape = single(input_shapes)
        self.function = self.choose()
        self.function.set_float_type(self.float_type)
        self.adopt_activation(self.function, shape)
        return (shape,)

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Apply the function."""
        self.function.forward(inputs[0], outputs[0])

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
            self.function.backward(inputs[0], outputs[0], d_outputs[0])
            np.copyto(d_inputs[0], d_outputs[0])


@dataclass(kw_only=True)
class Activation(ActivationLayer):
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

    def choose(self) -> ActivationFunction:
        """The one that the config names."""
        return self.activation
