"""A model's lasting memory: one flat vector of weights and one of their gradients.

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
    from nncli.engine.constraints import Constraint
    from nncli.engine.initializers import Initializer
    from nncli.engine.regularizers import Regularizer


@dataclass(eq=False)
class Weight:
    """An array that a layer learns or keeps up to date."""

    shape: Shape
    initializer: Initializer
    trainable: bool = True
    """False for moving statistics and for the weights of frozen layers."""
    value: Array = field(default_factory=lambda: np.empty(0), repr=False)
    gradient: Array = field(default_factory=lambda: np.empty(0), repr=False)
    """Written by the layer's backward; nobody reads that of a weight that isn't trainable."""
    regularizer: Regularizer | None = None
    """What its size adds to the loss, while it is trained."""
    constraint: Constraint | None = None
    """What it is held to after every step, while it is trained."""
    summed: bool = False
    """Whether the gradient is a sum over lookups, whose squares Keras takes one by one."""
    squares: Array | None = field(default=None, repr=False)
    """For the sum of these squares, beside the gradient, where an optimizer works with them."""


@dataclass(eq=False)
class Noise:
    """A random generator that a component asked for; the model seeds it."""

    generator: np.random.Generator = field(default_factory=np.random.default_rng, repr=False)


class Parameters:
    """Some of a model's weights, side by side in one vector `values`, and their `gradients`."""

    def __init__(self, weights: Mapping[str, Weight], dtype: np.dtype[Any]) -> None:
        self.weights = dict(weights)
        size = sum(prod(weight.shape) for weight in self.weights.values())
        self.values: Array = np.zeros(size, dtype)
        self.gradients: Array = np.zeros(size, dtype)
        self.slices: dict[str, slice] = {}
        start = 0
        for name, weight in self.weights.items():
            stop = start + prod(weight.shape)
            self.slices[name] = slice(start, stop)
            start = stop
        self.squares: Array | None = None
        """As long as the gradients, but filled for summed ones alone; see `keep_squares`."""
        self._point_weights()

    def keep_squares(self) -> None:
        """Have the squares of summed gradients kept too, if there are such gradients."""
        summed = {name: weight for name, weight in self.weights.items() if weight.summed}
        if summed:
            self.squares = np.zeros_like(self.gradients)
            for name, weight in summed.items():
                weight.squares = self.squares[self.slices[name]].reshape(weight.shape)

    def share_values(self, others: Parameters) -> None:
        """Use the values of another model of the same layers; gradients stay this one's own."""
        self.values = others.values
        self._point_weights()

    def _point_weights(self) -> None:
        for name, weight in self.weights.items():
            weight.value = self.values[self.slices[name]].reshape(weight.shape)
            weight.gradient = self.gradients[self.slices[name]].reshape(weight.shape)
