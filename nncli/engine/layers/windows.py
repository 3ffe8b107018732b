"""How windows lie along an axis: Keras's arithmetic of kernels, strides, dilation and padding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from nncli.engine.component import require
from nncli.engine.layers.base import batched
from nncli.engine.types import Shape
from nncli.errors import ShapeError

Padding = Literal["valid", "same"]
Pair = int | tuple[int, int]
"""One number for height and width, or one for each."""


@dataclass(frozen=True)
class Windows:
    """Windows over `size` inputs; number p has p * stride + tap * dilation - before, tap < taps.

    Inputs outside 0 ... size - 1 are padding.
    """

    size: int
    taps: int
    stride: int
    dilation: int
    count: int
    before: int

    @property
    def after(self) -> int:
        """How much padding follows the last input."""
        last = (self.count - 1) * self.stride + (self.taps - 1) * self.dilation
        return max(last - self.before - self.size + 1, 0)

    @property
    def padded(self) -> int:
        """The inputs and the padding around them."""
        return self.before + self.size + self.after

    @property
    def reaches_outside(self) -> bool:
        """Whether there is padding."""
        return self.padded > self.size

    def inside(self) -> Iterator[tuple[slice, slice]]:
        """Yield for each tap the windows in which it isn't padding, and the inputs it meets."""
        for tap in range(self.taps):
            offset = tap * self.dilation - self.before
            first = max(0, -(offset // self.stride))
            stop = max(first, min(self.count, (self.size - 1 - offset) // self.stride + 1))
            start = first * self.stride + offset
            end = start + (stop - first) * self.stride
            yield slice(first, stop), slice(start, max(end - self.stride + 1, start), self.stride)


def lay(size: int, taps: int, stride: int, dilation: int, padding: Padding) -> Windows:
    """Return the windows along an axis of that size.

    "valid" keeps to windows without padding; "same" has one window for every `stride` inputs and
    as much padding as that takes, the odd one at the end, as TensorFlow does.

    Raises:
        ShapeError: if not one window fits.
    """
    span = (taps - 1) * dilation + 1
    if padding == "same":
        count = -(-size // stride)
        missing = max((count - 1) * stride + span - size, 0)
        return Windows(size, taps, stride, dilation, count, missing // 2)
    if span > size:
        raise ShapeError(f"a window of {span} doesn't fit into {size}")
    return Windows(size, taps, stride, dilation, (size - span) // stride + 1, 0)


def lay_over_image(
    image: Shape, taps: Pair, strides: Pair, dilation: Pair, padding: Padding
) -> tuple[Windows, Windows]:
    """Return the windows down and across an image of (height, width, channels).

    Raises:
        ShapeError: if not one window fits.
    """
    height, width = pair(taps)
    try:
        down, across = (
            lay(*sizes, padding)
            for sizes in zip(image[:2], pair(taps), pair(strides), pair(dilation), strict=True)
        )
    except ShapeError as error:
        raise ShapeError(
            f"windows of {height} x {width} don't fit into images of shape {batched(image)}; "
            "smaller windows do, or padding: same"
        ) from error
    return down, across


def pair(value: Pair) -> tuple[int, int]:
    """Return one number twice, two as they are."""
    return (value, value) if isinstance(value, int) else value


def require_positive(name: str, value: Pair) -> None:
    """Refuse windows, strides and the like below one."""
    shown = value if isinstance(value, int) else list(value)
    require(min(pair(value)) >= 1, f"{name} must be at least 1, got {shown}")
