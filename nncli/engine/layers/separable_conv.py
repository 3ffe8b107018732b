"""SeparableConv1D and SeparableConv2D: first along the axes, then across the channels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from nncli.engine.constraints import Constraint
from nncli.engine.initializers import GlorotUniform, Initializer
from nncli.engine.layers.convolving import Filtering
from nncli.engine.layers.depthwise_conv import Depthwise
from nncli.engine.layers.depthwise_convolution import SeparableConvolution
from nncli.engine.layers.windows import Pair, Single
from nncli.engine.regularizers import Regularizer
from nncli.engine.types import Shape


@dataclass(kw_only=True)
class _SeparableConv(Depthwise, Filtering):
    pointwise_initializer: Initializer = field(default_factory=GlorotUniform)
    """How the kernel that mixes channels, (1, ..., channels * depth_multiplier, filters), starts.
    """
    pointwise_regularizer: Regularizer | None = None
    """What that kernel's size adds to the loss."""
    pointwise_constraint: Constraint | None = None
    """What that kernel is held to after every step."""

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Declare both kernels and the bias."""
        shape = self.input_shape(input_shapes)
        down, across = windows = self.lay_windows(shape)
        depthwise = self.declare_depthwise("depthwise_kernel", shape[-1])
        pointwise = self.declare(
            "pointwise_kernel",
            (*self.rank * (1,), shape[-1] * self.depth_multiplier, self.filters),
            self.pointwise_initializer,
            regularizer=self.pointwise_regularizer,
            constraint=self.pointwise_constraint,
        )
        products = SeparableConvolution(self, windows, depthwise, pointwise)
        return self.finish(products, (down.count, across.count), self.filters)


@dataclass(kw_only=True)
class SeparableConv1D(_SeparableConv):
    """A convolution of every channel by itself, then a mixing, as keras.layers.SeparableConv1D.

    Input shape: `(rows, steps, channels)`. Output shape: `(rows, new steps, filters)`.
    """

    type: Literal["SeparableConv1D"] = "SeparableConv1D"
    rank: ClassVar[int] = 1
    kernel_size: Single
    strides: Single = 1
    dilation_rate: Single = 1


@dataclass(kw_only=True)
class SeparableConv2D(_SeparableConv):
    """A convolution of every channel by itself, then a mixing, as keras.layers.SeparableConv2D.

    Input shape: `(rows, height, width, channels)`. Output shape: `(rows, new height, new width,
    filters)`.
    """

    type: Literal["SeparableConv2D"] = "SeparableConv2D"
    rank: ClassVar[int] = 2
    kernel_size: Pair
    strides: Pair = 1
    dilation_rate: Pair = 1
