"""Sigmoid and tanh. Formulas are keras.activations'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.activations.base import ONE, Elementwise, sigmoid
from nncli.engine.types import Array


@dataclass(kw_only=True)
class Sigmoid(Elementwise):
    """1 / (1 + exp(-x))."""

    type: Literal["sigmoid"] = "sigmoid"

    def forward(self, x: Array, y: Array) -> None:
        """Write the sigmoid."""
        sigmoid(x, y)

    def write_slope(self, x: Array, y: Array, slope: Array) -> None:
        """y * (1 - y)."""
        np.subtract(ONE, y, out=slope)
        np.multiply(slope, y, out=slope)


@dataclass(kw_only=True)
class Tanh(Elementwise):
    """The hyperbolic tangent."""

    type: Literal["tanh"] = "tanh"

    def forward(self, x: Array, y: Array) -> None:
        """Write tanh(x)."""
        np.tanh(x, out=y)

    def write_slope(self, x: Array, y: Array, slope: Array) -> None:
        """1 - y²."""
        np.multiply(y, y, out=slope)
        np.subtract(ONE, slope, out=slope)
