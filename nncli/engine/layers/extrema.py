"""Maximum and Minimum of several inputs, number by number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from nncli.engine.context import Context
from nncli.engine.layers.merging import Merge
from nncli.engine.types import Array, Arrays, Shape


@dataclass(kw_only=True)
class _Extremum(Merge):
    """Base: remembers whose number was taken, of equal ones the first, which gets the gradient.

    As in Keras an input doesn't take part where its mask hides it, unless all are hidden.
    """

    better: ClassVar[np.ufunc]

    def build_scratch(self, shape: Shape) -> None:
        """Keep the number of the input that was taken."""
        self.taken = self.add_buffer(None, *shape, dtype=np.int32)
        self.takes, self.counts = (self.add_buffer(None, *shape, dtype=bool) for _ in range(2))

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Begin with the first."""
        self.taken.array.fill(0)
        self.counts.array[...] = self._visible(0)
        super().forward(inputs, outputs, context)

    def merge(self, total: Array, value: Array, number: int) -> None:
        """Take the better, or the first that is visible."""
        takes, counts, visible = self.takes.array, self.counts.array, self._visible(number)
        self.better(value, total, out=takes)
        np.greater_equal(takes, counts, out=takes)  # takes or not counts
        np.logical_and(takes, visible, out=takes)
        np.copyto(total, value, where=takes)
        np.copyto(self.taken.array, number, where=takes)
        np.logical_or(counts, visible, out=counts)

    def gradient(
        self, number: int, inputs: Arrays, output: Array, d_output: Array, d_part: Array
    ) -> None:
        """All of it where this one was taken."""
        np.equal(self.taken.array, number, out=self.takes.array)
        np.multiply(d_output, self.takes.array, out=d_part)

    def _visible(self, number: int) -> Array | bool:
        mask = self.input_masks[number]
        return True if mask is None else mask.array[..., np.newaxis]


@dataclass(kw_only=True)
class Maximum(_Extremum):
    """The largest of the inputs, as keras.layers.Maximum.

    Input shape: several of one shape. Output shape: the same.
    """

    type: Literal["Maximum"] = "Maximum"
    better: ClassVar[np.ufunc] = np.greater


@dataclass(kw_only=True)
class Minimum(_Extremum):
    """The smallest of the inputs, as keras.layers.Minimum.

    Input shape: several of one shape. Output shape: the same.
    """

    type: Literal["Minimum"] = "Minimum"
    better: ClassVar[np.ufunc] = np.less
