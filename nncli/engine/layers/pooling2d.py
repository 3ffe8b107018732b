"""Pooling: one number for every window of an image."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.context import Context
from nncli.engine.layers.base import Layer, single
from nncli.engine.layers.windows import Padding, Pair, lay_over_image, require_positive
from nncli.engine.types import Array, Arrays, Shape


@dataclass(kw_only=True)
class _Pooling2D(Layer):
    pool_size: Pair = 2
    strides: Pair | None = None
    padding: Padding = "valid"

    def check(self) -> None:
        """Refuse empty windows."""
        require_positive("pool_size", self.pool_size)
        if self.strides is not None:
            require_positive("strides", self.strides)

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Lay the windows."""
        shape = single(input_shapes, rank=3, axes="(height, width, channels)")
        strides = self.pool_size if self.strides is None else self.strides
        self.windows = lay_over_image(shape, self.pool_size, strides, 1, self.padding)
        down, across = self.windows
        return ((down.count, across.count, shape[2]),)


@dataclass(kw_only=True)
class MaxPooling2D(_Pooling2D):
    """The largest value of each window and channel, as keras.layers.MaxPooling2D.

    Input shape: `(rows, height, width, channels)`. Output shape: `(rows, new height, new width,
    channels)`.
    """

    type: Literal["MaxPooling2D"] = "MaxPooling2D"
    pool_size: Pair = 2
    """Height and width of a window, one number for both or a pair."""
    strides: Pair | None = None
    """How far apart windows are; by default as far as they are large."""
    padding: Padding = "valid"
    """`valid`: windows stay inside the image; `same`: they cover all of it."""

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Keep what backward needs: which windows have found their maximum."""
        (output,) = super().build(input_shapes)
        self.found = self.add_buffer(None, *output, dtype=bool)
        self.hit = self.add_buffer(None, *output, dtype=bool)
        self.share = self.add_buffer(None, *output)
        return (output,)

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Take the maximum over the taps of the windows."""
        outputs[0].fill(-np.inf)
        for rows, from_rows in self.windows[0].inside():
            for places, from_places in self.windows[1].inside():
                best = outputs[0][:, rows, places]
                np.maximum(best, inputs[0][:, from_rows, from_places], out=best)

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """Pass each gradient to the first input that equals the maximum."""
        if d_inputs[0] is None:
            return
        d_inputs[0].fill(0.0)
        self.found.array.fill(False)
        for rows, from_rows in self.windows[0].inside():
            for places, from_places in self.windows[1].inside():
                here, there = np.s_[:, rows, places], np.s_[:, from_rows, from_places]
                hit, found = self.hit.array[here], self.found.array[here]
                np.equal(inputs[0][there], outputs[0][here], out=hit)
                np.greater(hit, found, out=hit)
                np.logical_or(found, hit, out=found)
                share = self.share.array[here]
                np.copyto(share, hit)
                np.multiply(d_outputs[0][here], share, out=share)
                d_inputs[0][there] += share
