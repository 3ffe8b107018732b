"""Conv2D: the same small kernel at every place of an image."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from nncli.engine.activations import Activation, Linear
from nncli.engine.component import require
from nncli.engine.context import Context
from nncli.engine.initializers import GlorotUniform, Initializer, Zeros
from nncli.engine.layers.base import Layer, as_matrix, single
from nncli.engine.layers.windows import Padding, Pair, lay_over_image, pair, require_positive
from nncli.engine.types import Array, Arrays, Shape


@dataclass(kw_only=True)
class Conv2D(Layer):
    """outputs = activation(kernel over every window + bias), as keras.layers.Conv2D.

    Input shape: `(rows, height, width, channels)`. Output shape: `(rows, new height, new width,
    filters)`.
    """

    type: Literal["Conv2D"] = "Conv2D"
    filters: int
    """How many channels come out."""
    kernel_size: Pair
    """Height and width of the window, one number for both or a pair."""
    strides: Pair = 1
    """How far apart windows are, one number or a pair."""
    padding: Padding = "valid"
    """`valid`: windows stay inside the image; `same`: zeros around it keep its size."""
    dilation_rate: Pair = 1
    """How far apart the inputs of a window are, one number or a pair."""
    activation: Activation = field(default_factory=Linear)
    """What is applied to the sum."""
    use_bias: bool = True
    """Whether a bias is added."""
    kernel_initializer: Initializer = field(default_factory=GlorotUniform)
    """How the kernel, (height, width, channels, filters), starts."""
    bias_initializer: Initializer = field(default_factory=Zeros)
    """How the bias, (filters,), starts."""

    def check(self) -> None:
        """Refuse empty windows, and strides together with dilation, as Keras does."""
        require(self.filters >= 1, f"filters must be at least 1, got {self.filters}")
        require_positive("kernel_size", self.kernel_size)
        require_positive("strides", self.strides)
        require_positive("dilation_rate", self.dilation_rate)
        require(
            max(pair(self.strides)) == 1 or max(pair(self.dilation_rate)) == 1,
            "strides and dilation_rate can't both be above 1",
        )

    @property
    def final_activation(self) -> str:
        """The activation."""
        return self.activation.type

    def release_activation(self) -> Activation:
        """Give away the activation and become linear."""
        activation, self.activation = self.activation, Linear()
        return activation

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Declare kernel, bias, and the columns: every window laid out as a row."""
        shape = single(input_shapes, rank=3, axes="(height, width, channels)")
        down, across = self.windows = lay_over_image(
            shape, self.kernel_size, self.strides, self.dilation_rate, self.padding
        )
        window = (down.taps, across.taps, shape[2])
        output = (down.count, across.count, self.filters)
        self.kernel = self.declare("kernel", (*window, self.filters), self.kernel_initializer)
        if self.use_bias:
            self.bias = self.declare("bias", (self.filters,), self.bias_initializer)
        self.adopt_activation(self.activation, output)
        self.sums = self.add_buffer(None, *output) if self.activation.keeps_inputs else None
        self.columns = self.add_buffer(None, *output[:2], *window)
        self.d_columns = self.add_buffer(None, *output[:2], *window)
        return (output,)

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Lay out the windows, multiply, add, activate."""
        output = outputs[0]
        sums = self.sums.array if self.sums else output
        self._lay_out(inputs[0])
        np.dot(self._matrix(self.columns.array), self._kernel(), out=as_matrix(sums))
        if self.use_bias:
            np.add(sums, self.bias.value, out=sums)
        self.activation.forward(sums, output)

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """As Dense on the columns; an input's gradient is the sum over the windows it is in."""
        sums = self.sums.array if self.sums else outputs[0]
        self.activation.backward(sums, outputs[0], d_outputs[0])
        d_sums = as_matrix(d_outputs[0])
        columns = self._matrix(self.columns.array)
        np.dot(columns.T, d_sums, out=as_matrix(self.kernel.gradient))
        if self.use_bias:
            np.sum(d_sums, axis=0, out=self.bias.gradient)
        if d_inputs[0] is not None:
            np.dot(d_sums, self._kernel().T, out=self._matrix(self.d_columns.array))
            self._gather(d_inputs[0])

    def _kernel(self) -> Array:
        return as_matrix(self.kernel.value)

    def _matrix(self, columns: Array) -> Array:
        return columns.reshape(-1, len(self._kernel()))

    def _lay_out(self, images: Array) -> None:
        columns = self.columns.array
        columns.fill(0.0)
        for i, (rows, from_rows) in enumerate(self.windows[0].inside()):
            for j, (places, from_places) in enumerate(self.windows[1].inside()):
                columns[:, rows, places, i, j] = images[:, from_rows, from_places]

    def _gather(self, d_images: Array) -> None:
        d_images.fill(0.0)
        d_columns = self.d_columns.array
        for i, (rows, to_rows) in enumerate(self.windows[0].inside()):
            for j, (places, to_places) in enumerate(self.windows[1].inside()):
                d_images[:, to_rows, to_places] += d_columns[:, rows, places, i, j]
