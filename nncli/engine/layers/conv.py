"""Conv1D and Conv2D: the same small kernel at every place of a sequence or an image."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from nncli.engine.component import require
from nncli.engine.constraints import Constraint
from nncli.engine.initializers import GlorotUniform, Initializer
from nncli.engine.layers.base import Layer
from nncli.engine.layers.convolution import Convolution
from nncli.engine.layers.convolving import Convolving, Filtering
from nncli.engine.layers.grouped_convolution import GroupedConvolution
from nncli.engine.layers.windows import CausalPadding, Padding, Pair, Single
from nncli.engine.regularizers import Regularizer
from nncli.engine.types import Shape
from nncli.errors import ShapeError


@dataclass(kw_only=True)
class Conv(Convolving, Filtering):
    """Base of both."""

    groups: int = 1
    """Into how many parts the channels are divided, each with its share of the filters."""
    kernel_initializer: Initializer = field(default_factory=GlorotUniform)
    """How the kernel, (*kernel_size, channels / groups, filters), starts."""
    kernel_regularizer: Regularizer | None = None
    """What the kernel's size adds to the loss."""
    kernel_constraint: Constraint | None = None
    """What the kernel is held to after every step."""

    def check(self) -> None:
        """Refuse filters that can't be shared out."""
        super().check()
        require(self.groups >= 1, f"groups must be at least 1, got {self.groups}")
        require(
            self.filters % self.groups == 0,
            f"filters must be a multiple of groups, got {self.filters} for {self.groups} groups",
        )

    def joined_with(self, reader: Layer) -> Layer | None:
        """A pooling that reads the convolution is done while its sums are in the cache."""
        from nncli.engine.layers.pooled_conv import join

        return join(self, reader)

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Declare kernel and bias.

        Raises:
            ShapeError: if no window fits, or the channels can't be divided.
        """
        shape = self.input_shape(input_shapes)
        channels, left = divmod(shape[-1], self.groups)
        if left:
            raise ShapeError(
                f"{shape[-1]} channels can't be divided into {self.groups} groups; "
                "groups must divide the channels that come in, and filters"
            )
        down, across = self.windows = self.lay_windows(shape)
        self.kernel = self.declare(
            "kernel",
            (*self.window_size, channels, self.filters),
            self.kernel_initializer,
            regularizer=self.kernel_regularizer,
            constraint=self.kernel_constraint,
        )
        products: Convolution | GroupedConvolution
        if self.groups == 1:
            products = Convolution(self, self.windows, self.kernel)
        else:
            products = GroupedConvolution(self, self.windows, self.kernel, self.groups)
        return self.finish(products, (down.count, across.count), self.filters)


@dataclass(kw_only=True)
class Conv1D(Conv):
    """outputs = activation(kernel over every window + bias), as keras.layers.Conv1D.

    Input shape: `(rows, steps, channels)`. Output shape: `(rows, new steps, filters)`.
    """

    type: Literal["Conv1D"] = "Conv1D"
    rank: ClassVar[int] = 1
    kernel_size: Single
    strides: Single = 1
    padding: CausalPadding = "valid"
    """`valid`: windows stay inside the sequence; `same`: zeros around it keep its length;
    `causal`: all of these zeros stand before it, so that no output sees later steps."""
    dilation_rate: Single = 1


@dataclass(kw_only=True)
class Conv2D(Conv):
    """outputs = activation(kernel over every window + bias), as keras.layers.Conv2D.

    Input shape: `(rows, height, width, channels)`. Output shape: `(rows, new height, new width,
    filters)`.
    """

    type: Literal["Conv2D"] = "Conv2D"
    rank: ClassVar[int] = 2
    kernel_size: Pair
    strides: Pair = 1
    padding: Padding = "valid"
    dilation_rate: Pair = 1
