"""The memory of a model: one flat vector of weights, one of gradients, and reusable buffers.

Optimizers, replicas and files see the flat vectors; layers hold handles whose arrays are views.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np

from nncli.engine.types import Array, Shape

if TYPE_CHECKING:
    from nncli.engine.initializers import Initializer

_UNBOUND = np.empty(0)


@dataclass(eq=False)
class Weight:
    """An array that a layer learns or keeps up to date."""

    shape: Shape
    initializer: Initializer
    trainable: bool = True
    """False for moving statistics and for the weights of frozen layers."""
    value: Array = field(default=_UNBOUND, repr=False)
    gradient: Array = field(default=_UNBOUND, repr=False)
    """Written by the layer's backward; nobody reads that of a weight that isn't trainable."""


class Parameters:
    """Some of a model's weights, side by side in one vector `values`, and their `gradients`."""

    def __init__(self, weights: Mapping[str, Weight], dtype: np.dtype[Any]) -> None:
        self.weights = dict(weights)
        size = sum(prod(weight.shape) for weight in self.weights.values())
        self.values: Array = np.zeros(size, dtype)
        self.gradients: Array = np.zeros(size, dtype)
        start = 0
        for weight in self.weights.values():
            stop = start + prod(weight.shape)
            weight.value = self.values[start:stop].reshape(weight.shape)
            weight.gradient = self.gradients[start:stop].reshape(weight.shape)
            start = stop


class Buffer:
    """Working memory whose shape depends on the rows of the batch.

    `array` is contiguous for every number of rows, wherever the batch axis stands in the shape.
    """

    def __init__(self, shape: tuple[int | None, ...], dtype: Any) -> None:
        self.shape = shape
        self.dtype = dtype
        self.array: Array = _UNBOUND
        self._memory: Array = _UNBOUND

    def reserve(self, rows: int, dtype: np.dtype[Any]) -> None:
        """Make room for that many rows; `dtype` is used where the buffer has none of its own."""
        self._memory = np.zeros(prod(self._shape_for(rows)), self.dtype or dtype)

    def view(self, rows: int) -> Array:
        """Return the buffer as it is for that many rows, at most those reserved."""
        shape = self._shape_for(rows)
        return self._memory[: prod(shape)].reshape(shape)

    def _shape_for(self, rows: int) -> Shape:
        return tuple(rows if size is None else size for size in self.shape)
