"""ZeroPadding and Cropping in 1D and 2D: a frame around sequences or images is put on or off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from nncli.engine.component import require
from nncli.engine.context import Context
from nncli.engine.layers.base import Layer
from nncli.engine.layers.shapes import batched, single
from nncli.engine.layers.windows import AXES, KINDS
from nncli.engine.types import Array, Arrays, Shape
from nncli.errors import ShapeError

Ends = int | tuple[int, int]
"""How much at both ends of an axis, one number for both or a pair."""
Frame = int | tuple[Ends, Ends]
"""One number for all sides of an image, or what is at the ends of height and width."""


@dataclass(kw_only=True)
class _Framing(Layer):
    rank: ClassVar[int]
    field: ClassVar[str]

    def check(self) -> None:
        """Refuse negative widths."""
        least = min(min(ends) for ends in self.frame)
        require(least >= 0, f"{self.field} must not be negative, got {least}")

    @property
    def frame(self) -> list[tuple[int, int]]:
        """How wide it is, before and after each axis."""
        value: Frame = getattr(self, self.field)
        if self.rank == 1 or isinstance(value, int):
            value = (value, value)  # type: ignore[assignment]
        return [_ends(ends) for ends in value[: self.rank]]  # type: ignore[index]

    @property
    def inner(self) -> tuple[slice, ...]:
        """What is within the frame."""
        return (slice(None), *(slice(before, -after or None) for before, after in self.frame))

    def resized(self, input_shapes: tuple[Shape, ...], sign: int) -> Shape:
        """Return the shape with the frame added or, if the sign is -1, taken off."""
        shape = single(input_shapes, rank=self.rank + 1, axes=AXES[self.rank])
        sizes = [size + sign * sum(e) for size, e in zip(shape[:-1], self.frame, strict=True)]
        return (*sizes, shape[-1])

    def output_mask(self) -> None:
        """Drop the mask, as Keras does: the steps are others."""


def _ends(value: Ends) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else value


@dataclass(kw_only=True)
class _ZeroPadding(_Framing):
    field: ClassVar[str] = "padding"

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Return the larger shape."""
        return (self.resized(input_shapes, 1),)

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Put the frame on."""
        outputs[0].fill(0.0)
        np.copyto(outputs[0][self.inner], inputs[0])

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """Take the frame off."""
        if d_inputs[0] is not None:
            np.copyto(d_inputs[0], d_outputs[0][self.inner])


@dataclass(kw_only=True)
class ZeroPadding1D(_ZeroPadding):
    """Puts zeros before and after a sequence, as keras.layers.ZeroPadding1D.

    Input shape: `(rows, steps, channels)`. Output shape: `(rows, more steps, channels)`.
    """

    type: Literal["ZeroPadding1D"] = "ZeroPadding1D"
    rank: ClassVar[int] = 1
    padding: Ends = 1
    """How many zeros, one number for both ends or a pair."""


@dataclass(kw_only=True)
class ZeroPadding2D(_ZeroPadding):
    """Puts zeros around an image, as keras.layers.ZeroPadding2D.

    Input shape: `(rows, height, width, channels)`. Output shape: `(rows, more height, more width,
    channels)`.
    """

    type: Literal["ZeroPadding2D"] = "ZeroPadding2D"
    rank: ClassVar[int] = 2
    padding: Frame = 1
    """How many zeros: one number for all sides, `[height, width]`, or `[[top, bottom], [left,
    right]]`."""


@dataclass(kw_only=True)
class _Cropping(_Framing):
    field: ClassVar[str] = "cropping"

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Return the smaller shape.

        Raises:
            ShapeError: if nothing is left.
        """
        shape = self.resized(input_shapes, -1)
        if min(shape[:-1]) < 1:
            widths = " and ".join(str(sum(ends)) for ends in self.frame)
            raise ShapeError(
                f"cropping takes {widths} off {KINDS[self.rank]} of shape "
                f"{batched(input_shapes[0])}, which leaves nothing"
            )
        return (shape,)

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Take the frame off."""
        np.copyto(outputs[0], inputs[0][self.inner])

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """Nothing depends on the frame."""
        if d_inputs[0] is not None:
            d_inputs[0].fill(0.0)
            np.copyto(d_inputs[0][self.inner], d_outputs[0])


@dataclass(kw_only=True)
class Cropping1D(_Cropping):
    """Cuts steps off the ends of a sequence, as keras.layers.Cropping1D.

    Input shape: `(rows, steps, channels)`. Output shape: `(rows, fewer steps, channels)`.
    """

    type: Literal["Cropping1D"] = "Cropping1D"
    rank: ClassVar[int] = 1
    cropping: Ends = 1
    """How many steps, one number for both ends or a pair."""


@dataclass(kw_only=True)
class Cropping2D(_Cropping):
    """Cuts off the rim of an image, as keras.layers.Cropping2D.

    Input shape: `(rows, height, width, channels)`. Output shape: `(rows, less height, less width,
    channels)`.
    """

    type: Literal["Cropping2D"] = "Cropping2D"
    rank: ClassVar[int] = 2
    cropping: Frame = 0
    """How much: one number for all sides, `[height, width]`, or `[[top, bottom], [left, right]]`.
    """
