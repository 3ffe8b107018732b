"""MaxPooling1D and MaxPooling2D: the largest value of every window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from nncli.engine.context import Context
from nncli.engine.layers.competition import compete, share_out
from nncli.engine.layers.pooling import Pooling, along
from nncli.engine.layers.windows import Pair, Single, Windows, as_images
from nncli.engine.types import Array, Arrays, Shape


@dataclass(kw_only=True)
class MaxPooling(Pooling):
    """Base of both.

    Where windows don't overlap their places compete, and who won is remembered from forward to
    backward; else places take back the gradient of each maximum that they hold.

    Places compete side by side, in arrays of all first places, all second ones, ...: to copy them
    there and back takes less than to meet them where they lie, a few channels at a time (3 images
    of 26 x 26 x 32: 22 instead of 33 us forward, 27 instead of 41 back).
    """

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Make room for what each tap takes, and for who won."""
        outputs = super().build(input_shapes)
        self.taken = self.add_buffer(*self.narrow.shape)
        places, others = (self.down.count, self.across.count), self.down.taps * self.across.taps - 1
        self.competes = self.tiles and others > 0
        if self.competes:
            channels = input_shapes[0][-1]
            self.wins = self.add_buffer(None, others, *places, channels, dtype=bool)
            self.dealt = self.add_buffer(1 + others, self.images, *places, channels)
        return outputs

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Let the places of each window compete, where they will be asked who won."""
        if not (self.competes and context.training):
            super().forward(inputs, outputs, context)
            return
        images, pooled = as_images(inputs[0]), as_images(outputs[0])
        for part in self.portions(len(images)):
            first, *others = self.deal_out(images[part])
            compete(first, others, pooled[part], self.wins.array[part])

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """Give each gradient to the first place that holds the maximum."""
        if d_inputs[0] is None or not self.competes:
            super().backward(inputs, outputs, d_outputs, d_inputs, context)
            return
        d_pooled, d_images = as_images(d_outputs[0]), as_images(d_inputs[0])
        for part in self.portions(len(d_images)):
            self.give_back(d_pooled[part], part, d_images[part])

    def give_back(self, d_pooled: Array, part: slice, d_images: Array) -> None:
        """Write the gradient of these images of a batch; that of what won is used up."""
        if any(w.count * w.taps < w.size for w in (self.down, self.across)):
            d_images[...] = 0.0
        dealt = self.dealt.array[:, : len(d_images)]
        share_out(d_pooled, self.wins.array[part], list(dealt[1:]))
        np.copyto(dealt[0], d_pooled)
        np.copyto(self._places(d_images), dealt.reshape(self._places(d_images).shape))

    def deal_out(self, images: Array) -> Array:
        """Return copies of the first place of every window, of the second, ..., row by row."""
        dealt = self.dealt.array[:, : len(images)]
        np.copyto(dealt.reshape(self._places(images).shape), self._places(images))
        return dealt

    def _places(self, images: Array) -> Array:
        """Return a view, (rows and columns of a window, images, windows down, across, channels)."""
        down, across = self.down, self.across
        inside = images[:, : down.count * down.taps, : across.count * across.taps]
        shape = (len(images), down.count, down.taps, across.count, across.taps, images.shape[-1])
        return inside.reshape(shape).transpose(2, 4, 0, 1, 3, 5)

    def pool(self, images: Array, pooled: Array) -> None:
        """Take the maximum over the width, then over the height."""
        narrow = self.narrow.array[: len(images)]
        take_maxima(images, narrow, self.across, axis=2)
        take_maxima(narrow, pooled, self.down, axis=1)

    def pool_back(self, images: Array, pooled: Array, d_pooled: Array, d_images: Array) -> None:
        """Pass each gradient to the first row that holds the maximum, and its first place."""
        narrow, d_narrow, taken = (
            buffer.array[: len(images)] for buffer in (self.narrow, self.d_narrow, self.taken)
        )
        take_maxima(images, narrow, self.across, axis=2)
        left = taken[:, : self.down.count]
        return_to_maxima(narrow, pooled, d_pooled, d_narrow, left, self.down, axis=1)
        return_to_maxima(images, narrow, d_narrow, d_images, taken, self.across, axis=2)


@dataclass(kw_only=True)
class MaxPooling1D(MaxPooling):
    """The largest value of each window and channel, as keras.layers.MaxPooling1D.

    Input shape: `(rows, steps, channels)`. Output shape: `(rows, new steps, channels)`.
    """

    type: Literal["MaxPooling1D"] = "MaxPooling1D"
    rank: ClassVar[int] = 1
    pool_size: Single = 2
    strides: Single | None = None


@dataclass(kw_only=True)
class MaxPooling2D(MaxPooling):
    """The largest value of each window and channel, as keras.layers.MaxPooling2D.

    Input shape: `(rows, height, width, channels)`. Output shape: `(rows, new height, new width,
    channels)`.
    """

    type: Literal["MaxPooling2D"] = "MaxPooling2D"
    rank: ClassVar[int] = 2
    pool_size: Pair = 2
    strides: Pair | None = None


def take_maxima(x: Array, y: Array, windows: Windows, axis: int) -> None:
    """Write the largest of each window of x along the axis to y; padding never wins."""
    pieces = [(y[along(axis, to)], x[along(axis, start)]) for to, start in windows.inside()]
    if windows.reaches_outside:
        y.fill(-np.inf)
    else:
        np.copyto(*pieces.pop(0))
    for best, candidate in pieces:
        np.maximum(best, candidate, out=best)


def return_to_maxima(
    x: Array, y: Array, d_y: Array, d_x: Array, scratch: Array, windows: Windows, axis: int
) -> None:
    """Write to d_x what `take_maxima` passes back to x; d_y and `scratch` are used up.

    Tap by tap, the inputs that hold a maximum take what is left of its gradient.
    """
    alone = windows.stride >= windows.taps
    if windows.stride != windows.taps or windows.count * windows.taps != windows.size:
        d_x.fill(0.0)
    for to, start in windows.inside():
        here, there = along(axis, to), along(axis, start)
        taken = d_x[there] if alone else scratch[here]
        np.equal(x[there], y[here], out=taken)
        np.multiply(taken, d_y[here], out=taken)
        np.subtract(d_y[here], taken, out=d_y[here])
        if not alone:
            np.add(d_x[there], taken, out=d_x[there])
