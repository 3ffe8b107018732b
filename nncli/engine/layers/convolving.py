"""What all convolutions share: windows, bias and activation, and the way through a batch."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from nncli.engine.activations import Activation, Linear
from nncli.engine.component import require
from nncli.engine.constraints import Constraint
from nncli.engine.context import Context
from nncli.engine.initializers import Initializer, Zeros
from nncli.engine.layers.base import Layer
from nncli.engine.layers.products import Bias, Products
from nncli.engine.layers.shapes import single
from nncli.engine.layers.windows import (
    AXES,
    CausalPadding,
    Sizes,
    Windows,
    as_images,
    lay_over,
    require_positive,
    spread,
)
from nncli.engine.regularizers import Regularizer
from nncli.engine.types import Array, Arrays, Shape


@dataclass(kw_only=True)
class Convolving(Layer):
    """Base: activation(products of windows and kernels + bias), on `rank` axes besides channels.

    The layers below declare their kernels and say which products are taken.
    """

    rank: ClassVar[int]
    kernel_size: Sizes
    """How large a window is, one number or one for each axis."""
    strides: Sizes = 1
    """How far apart windows are, one number or one for each axis."""
    padding: CausalPadding = "valid"
    """`valid`: windows stay inside the inputs; `same`: zeros around them keep their size."""
    dilation_rate: Sizes = 1
    """How far apart the inputs of a window are, one number or one for each axis."""
    activation: Activation = field(default_factory=Linear)
    """What is applied to the sum."""
    use_bias: bool = True
    """Whether a bias is added."""
    bias_initializer: Initializer = field(default_factory=Zeros)
    """How the bias, one number for each channel that comes out, starts."""
    bias_regularizer: Regularizer | None = None
    """What the bias' size adds to the loss."""
    activity_regularizer: Regularizer | None = None
    """What the outputs' size adds to the loss, averaged over the rows of a batch."""
    bias_constraint: Constraint | None = None
    """What the bias is held to after every step."""

    def check(self) -> None:
        """Refuse empty windows, and strides together with dilation, as Keras does."""
        super().check()
        require_positive("kernel_size", self.kernel_size)
        require_positive("strides", self.strides)
        require_positive("dilation_rate", self.dilation_rate)
        require(
            max(spread(self.strides, 1)) == 1 or max(spread(self.dilation_rate, 1)) == 1,
            "strides and dilation_rate can't both be above 1",
        )

    @property
    def final_activation(self) -> str | None:
        """The activation; a regularizer of the outputs must have it applied within the layer."""
        return self.activation.type if self.activity_regularizer is None else None

    def release_activation(self) -> Activation:
        """Give away the activation and become linear."""
        activation, self.activation = self.activation, Linear()
        return activation

    def output_mask(self) -> None:
        """Drop the mask, as Keras does: windows mix the steps."""

    @property
    def window_size(self) -> Shape:
        """The first axes of a kernel."""
        return spread(self.kernel_size, self.rank)

    def input_shape(self, input_shapes: tuple[Shape, ...]) -> Shape:
        """Return the one input's shape, the channels last."""
        return single(input_shapes, rank=self.rank + 1, axes=AXES[self.rank])

    def lay_windows(self, shape: Shape) -> tuple[Windows, Windows]:
        """Return the windows down and across the inputs."""
        return lay_over(shape, self.kernel_size, self.strides, self.dilation_rate, self.padding)

    def finish(self, products: Products, places: Shape, filters: int) -> tuple[Shape, ...]:
        """Declare bias and activation behind these products; return the shape of the outputs.

        Arguments:
            products: that make the sums.
            places: height and width of what comes out.
            filters: how many channels come out.
        """
        self.products = products
        self.bias: Bias | None = None
        if self.use_bias:
            bias = self.declare(
                "bias",
                (filters,),
                self.bias_initializer,
                regularizer=self.bias_regularizer,
                constraint=self.bias_constraint,
            )
            self.bias = Bias(self, bias, places, products.images * places[0] * places[1])
        output = (*places[-self.rank :], filters)
        self.adopt_activation(self.activation, output)
        self.sums = self.add_buffer(None, *output) if self.activation.keeps_inputs else None
        self.watch_activity(self.activity_regularizer, output)
        return (output,)

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Multiply, add, activate."""
        sums = self.sums.array if self.sums else outputs[0]
        images, sum_images = as_images(inputs[0]), as_images(sums)
        self.products.begin_forward()
        bias = self.bias.load() if self.bias else None
        for part in self.products.parts(len(images)):
            few = sum_images[part]
            self.products.forward(images[part], few)
            if bias is not None:
                np.add(few, bias, out=few)
            if self.activation.works_on_parts:  # while the sums are in the cache
                few_outputs = outputs[0][part]
                self.activation.forward(few_outputs, few_outputs)
        if not self.activation.works_on_parts:
            self.activation.forward(sums, outputs[0])
        if self.activity:
            self.activity.forward(outputs[0])

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """Send the gradient of the sums back to kernels, bias and inputs."""
        sums = self.sums.array if self.sums else outputs[0]
        if self.activity:
            self.activity.backward(outputs[0], d_outputs[0], context)
        if not self.activation.works_on_parts:
            self.activation.backward(sums, outputs[0], d_outputs[0])
        images, d_sums = as_images(inputs[0]), as_images(d_outputs[0])
        d_images = None if d_inputs[0] is None else as_images(d_inputs[0])
        self.products.begin_backward()
        for part in self.products.parts(len(images)):
            first = part.start == 0
            if self.activation.works_on_parts:
                self.activation.backward(sums[part], outputs[0][part], d_outputs[0][part])
            d_few = None if d_images is None else d_images[part]
            if self.bias:
                self.bias.backward(d_sums[part], first=first)
            self.products.backward(images[part], d_sums[part], d_few, first=first)


@dataclass(kw_only=True)
class Filtering(Layer):
    """Base of those layers that mix channels; listed last, so that its field comes first."""

    filters: int
    """How many channels come out."""

    def check(self) -> None:
        """Refuse layers without outputs."""
        require(self.filters >= 1, f"filters must be at least 1, got {self.filters}")
