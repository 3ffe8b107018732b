"""How windows lie along an axis: Keras's arithmetic of kernels, strides, dilation and padding.

Sequences are images of height 1, so that layers of both do the same work.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.component import require
from nncli.engine.layers.shapes import batched
from nncli.engine.types import Array, Shape
from nncli.errors import ShapeError

Padding = Literal["valid", "same"]
CausalPadding = Literal["valid", "same", "causal"]
Single = int | tuple[int]
"""One number for the steps of a sequence, with or without brackets."""
Pair = int | tuple[int, int]
"""One number for height and width, or one for each."""
Sizes = int | tuple[int, ...]
"""Either, where the number of axes is left open."""


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


ALONE = Windows(size=1, taps=1, stride=1, dilation=1, count=1, before=0)
"""The one window down a sequence, which is seen as an image of height 1."""


def lay(size: int, taps: int, stride: int, dilation: int, padding: CausalPadding) -> Windows:
    """Return the windows along an axis of that size.

    "valid" keeps to windows without padding; "same" has one window for every `stride` inputs and
    as much padding as that takes, the odd one at the end, as TensorFlow does; "causal" has all of
    it at the beginning, so that no window sees what comes after its place.

    Raises:
        ShapeError: if not one window fits.
    """
    span = (taps - 1) * dilation + 1
    count = -(-size // stride)
    if padding == "causal":
        return Windows(size, taps, stride, dilation, count, span - 1)
    if padding == "same":
        missing = max((count - 1) * stride + span - size, 0)
        return Windows(size, taps, stride, dilation, count, missing // 2)
    if span > size:
        raise ShapeError(f"a window of {span} doesn't fit into {size}")
    return Windows(size, taps, stride, dilation, (size - span) // stride + 1, 0)


def lay_over(
    shape: Shape, taps: Sizes, strides: Sizes, dilation: Sizes, padding: CausalPadding
) -> tuple[Windows, Windows]:
    """Return the windows down and across images or sequences, (height, width or steps, channels).

    Raises:
        ShapeError: if not one window fits.
    """
    rank = len(shape) - 1
    try:
        windows = [
            lay(*sizes, padding)
            for sizes in zip(
                shape[:-1],
                spread(taps, rank),
                spread(strides, rank),
                spread(dilation, rank),
                strict=True,
            )
        ]
    except ShapeError as error:
        size = " x ".join(map(str, spread(taps, rank)))
        apart = f" that are {dilation} apart" if max(spread(dilation, rank)) > 1 else ""
        raise ShapeError(
            f"windows of {size}{apart} don't fit into {KINDS[rank]} of shape {batched(shape)}; "
            "smaller windows do, or padding: same"
        ) from error
    down, across = [ALONE, *windows][-2:]
    return down, across


KINDS = {1: "sequences", 2: "images"}
AXES = {1: "(steps, channels)", 2: "(height, width, channels)"}
"""What messages call inputs with that many axes between rows and channels, and these axes."""


def as_images(array: Array) -> Array:
    """Return images as they are, and sequences as images of height 1."""
    return array if array.ndim == 4 else array[:, np.newaxis]


def spread(value: Sizes, rank: int) -> tuple[int, ...]:
    """Return one number for each of `rank` axes, several as they are."""
    return (value,) * rank if isinstance(value, int) else value


def require_positive(name: str, value: Sizes) -> None:
    """Refuse windows, strides and the like below one."""
    shown = value if isinstance(value, int) else list(value)
    require(min(spread(value, 1)) >= 1, f"{name} must be at least 1, got {shown}")
