"""Conv1DTranspose and Conv2DTranspose: a convolution's way back, from small to large."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from nncli.engine.component import require
from nncli.engine.constraints import Constraint
from nncli.engine.initializers import GlorotUniform, Initializer
from nncli.engine.layers.convolving import Convolving, Filtering
from nncli.engine.layers.transposed_convolution import TransposedConvolution
from nncli.engine.layers.windows import ALONE, Padding, Pair, Single, Sizes, Windows, spread
from nncli.engine.regularizers import Regularizer
from nncli.engine.types import Shape
from nncli.errors import ShapeError


@dataclass(kw_only=True)
class _ConvTranspose(Convolving, Filtering):
    padding: Padding = "valid"
    """`valid`: all that windows reach comes out; `same`: strides times the inputs' size."""
    output_padding: Sizes | None = None
    """How much longer the outputs are than the windows reach, less than `strides`, one number or
    one for each axis; by default as `padding` says."""
    kernel_initializer: Initializer = field(default_factory=GlorotUniform)
    """How the kernel, (*kernel_size, filters, channels), starts."""
    kernel_regularizer: Regularizer | None = None
    """What the kernel's size adds to the loss."""
    kernel_constraint: Constraint | None = None
    """What the kernel is held to after every step."""

    def check(self) -> None:
        """Refuse more padding than strides leave open."""
        super().check()
        if self.output_padding is None:
            return
        more, strides = (spread(value, self.rank) for value in (self.output_padding, self.strides))
        require(min(more) >= 0, f"output_padding must not be negative, got {min(more)}")
        require(
            all(a < b for a, b in zip(more, strides, strict=True)),
            f"output_padding must be less than strides, got {max(more)} for {min(strides)}",
        )

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Declare kernel and bias.

        Raises:
            ShapeError: if nothing comes out.
        """
        shape = self.input_shape(input_shapes)
        down, across = windows = self._lay_over_outputs(shape)
        kernel = self.declare(
            "kernel",
            (*self.window_size, self.filters, shape[-1]),
            self.kernel_initializer,
            regularizer=self.kernel_regularizer,
            constraint=self.kernel_constraint,
        )
        products = TransposedConvolution(self, windows, kernel)
        return self.finish(products, (down.size, across.size), self.filters)

    def _lay_over_outputs(self, shape: Shape) -> tuple[Windows, Windows]:
        """Return the windows of outputs, one for each input, down and across."""
        sizes = (self.kernel_size, self.strides, self.dilation_rate, self.output_padding)
        spread_sizes = [
            (None,) * self.rank if value is None else spread(value, self.rank) for value in sizes
        ]
        windows = [
            _windows(count, *axis, padding=self.padding)
            for count, *axis in zip(shape[:-1], *spread_sizes, strict=True)
        ]
        down, across = [ALONE, *windows][-2:]
        return down, across


def _windows(
    count: int, taps: int, stride: int, dilation: int, more: int | None, *, padding: Padding
) -> Windows:
    """Return as many windows as there are inputs, over as many outputs as Keras has.

    Raises:
        ShapeError: if these are none.
    """
    span = (taps - 1) * dilation + 1
    reach = (count - 1) * stride
    if padding == "valid":
        size = reach + (max(span, stride) if more is None else span + more)
        return Windows(size, taps, stride, dilation, count, 0)
    size = count * stride if more is None else reach + span % 2 + more
    if size < 1:
        raise ShapeError(
            "nothing comes out of one input without output_padding and an even kernel_size; "
            "leave output_padding out"
        )
    return Windows(size, taps, stride, dilation, count, max(reach + span - size, 0) // 2)


@dataclass(kw_only=True)
class Conv1DTranspose(_ConvTranspose):
    """Spreads every step over a window of outputs, as keras.layers.Conv1DTranspose.

    Input shape: `(rows, steps, channels)`. Output shape: `(rows, new steps, filters)`.
    """

    type: Literal["Conv1DTranspose"] = "Conv1DTranspose"
    rank: ClassVar[int] = 1
    kernel_size: Single
    strides: Single = 1
    dilation_rate: Single = 1
    output_padding: Single | None = None


@dataclass(kw_only=True)
class Conv2DTranspose(_ConvTranspose):
    """Spreads every place over a window of outputs, as keras.layers.Conv2DTranspose.

    Input shape: `(rows, height, width, channels)`. Output shape: `(rows, new height, new width,
    filters)`.
    """

    type: Literal["Conv2DTranspose"] = "Conv2DTranspose"
    rank: ClassVar[int] = 2
    kernel_size: Pair
    strides: Pair = 1
    dilation_rate: Pair = 1
    output_padding: Pair | None = None
