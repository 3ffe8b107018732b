"""DepthwiseConv1D and DepthwiseConv2D: every channel is convolved by itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from nncli.engine.component import require
from nncli.engine.constraints import Constraint
from nncli.engine.initializers import GlorotUniform, Initializer
from nncli.engine.layers.convolving import Convolving
from nncli.engine.layers.depthwise_convolution import DepthwiseConvolution
from nncli.engine.layers.windows import Padding, Pair, Single
from nncli.engine.parameters import Weight
from nncli.engine.regularizers import Regularizer
from nncli.engine.types import Shape


@dataclass(kw_only=True)
class Depthwise(Convolving):
    """Base of the layers with a kernel for every channel."""

    padding: Padding = "valid"
    depth_multiplier: int = 1
    """How many channels are made of each."""
    depthwise_initializer: Initializer = field(default_factory=GlorotUniform)
    """How the kernel for single channels, (*kernel_size, channels, depth_multiplier), starts."""
    depthwise_regularizer: Regularizer | None = None
    """What that kernel's size adds to the loss."""
    depthwise_constraint: Constraint | None = None
    """What that kernel is held to after every step."""

    def check(self) -> None:
        """Refuse to make nothing of channels."""
        super().check()
        multiplier = self.depth_multiplier
        require(multiplier >= 1, f"depth_multiplier must be at least 1, got {multiplier}")

    def declare_depthwise(self, name: str, channels: int) -> Weight:
        """Declare the kernel under that name."""
        return self.declare(
            name,
            (*self.window_size, channels, self.depth_multiplier),
            self.depthwise_initializer,
            regularizer=self.depthwise_regularizer,
            constraint=self.depthwise_constraint,
        )


@dataclass(kw_only=True)
class _DepthwiseConv(Depthwise):
    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Declare kernel and bias."""
        shape = self.input_shape(input_shapes)
        down, across = windows = self.lay_windows(shape)
        kernel = self.declare_depthwise("kernel", shape[-1])
        products = DepthwiseConvolution(self, windows, kernel)
        filters = shape[-1] * self.depth_multiplier
        return self.finish(products, (down.count, across.count), filters)


@dataclass(kw_only=True)
class DepthwiseConv1D(_DepthwiseConv):
    """A convolution of every channel by itself, as keras.layers.DepthwiseConv1D.

    Input shape: `(rows, steps, channels)`. Output shape: `(rows, new steps, channels *
    depth_multiplier)`.
    """

    type: Literal["DepthwiseConv1D"] = "DepthwiseConv1D"
    rank: ClassVar[int] = 1
    kernel_size: Single
    strides: Single = 1
    dilation_rate: Single = 1


@dataclass(kw_only=True)
class DepthwiseConv2D(_DepthwiseConv):
    """A convolution of every channel by itself, as keras.layers.DepthwiseConv2D.

    Input shape: `(rows, height, width, channels)`. Output shape: `(rows, new height, new width,
    channels * depth_multiplier)`.
    """

    type: Literal["DepthwiseConv2D"] = "DepthwiseConv2D"
    rank: ClassVar[int] = 2
    kernel_size: Pair
    strides: Pair = 1
    dilation_rate: Pair = 1
