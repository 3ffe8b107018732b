"""Dropout and its kin: forget some values, or whole channels, at random in training."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.buffers import BatchShape
from nncli.engine.component import require
from nncli.engine.context import Context
from nncli.engine.layers.noise import FactorNoise, check_noise_shape, fit_noise_shape
from nncli.engine.layers.shapes import single
from nncli.engine.random import draw_ones
from nncli.engine.types import Array, Arrays, Shape


@dataclass(kw_only=True)
class _Dropping(FactorNoise):
    """Base: 0 for what is dropped, `kept` for the rest."""

    rate: float
    """The fraction that is dropped, 0 <= rate <= 1."""

    def check(self) -> None:
        """Refuse rates that are no fraction."""
        require(0 <= self.rate <= 1, f"rate must lie between 0 and 1, got {self.rate}")

    @property
    def strength(self) -> float:
        """The rate."""
        return self.rate

    @property
    def kept(self) -> float:
        """What makes up for the values that are dropped."""
        return 1.0 / (1.0 - self.rate) if self.rate < 1 else 0.0

    def fill(self, values: Array) -> None:
        """Draw what is kept, and scale it."""
        draw_ones(self.noise.generator, 1 - self.rate, values.reshape(-1))
        np.multiply(values, self.kept, out=values)


@dataclass(kw_only=True)
class Dropout(_Dropping):
    """Sets a fraction `rate` of the inputs to 0 and scales the rest by 1 / (1 - rate).

    Only in training, as keras.layers.Dropout (Srivastava et al., 2014).

    Input shape: any. Output shape: the same.
    """

    type: Literal["Dropout"] = "Dropout"
    noise_shape: tuple[int | None, ...] | None = None
    """What is drawn: `[null, 1, null]` drops the same features in all steps of a sequence."""

    def check(self) -> None:
        """Refuse rates that are no fraction, and sizes that no noise has."""
        super().check()
        check_noise_shape(self.noise_shape)

    def noise_shape_for(self, shape: Shape) -> BatchShape:
        """What the config says."""
        return fit_noise_shape(self.noise_shape, shape)


@dataclass(kw_only=True)
class SpatialDropout1D(_Dropping):
    """Dropout of whole features: one is dropped in all steps of a sequence, or in none.

    As keras.layers.SpatialDropout1D (Tompson et al., 2014).

    Input shape: `(rows, steps, features)`. Output shape: the same.
    """

    type: Literal["SpatialDropout1D"] = "SpatialDropout1D"

    def noise_shape_for(self, shape: Shape) -> BatchShape:
        """One draw for all steps."""
        _, features = single((shape,), rank=2, axes="(steps, features)")
        return (None, 1, features)


@dataclass(kw_only=True)
class SpatialDropout2D(_Dropping):
    """Dropout of whole channels: one is dropped in all of an image, or nowhere.

    As keras.layers.SpatialDropout2D (Tompson et al., 2014).

    Input shape: `(rows, height, width, channels)`. Output shape: the same.
    """

    type: Literal["SpatialDropout2D"] = "SpatialDropout2D"

    def noise_shape_for(self, shape: Shape) -> BatchShape:
        """One draw for the whole image."""
        *_, channels = single((shape,), rank=3, axes="(height, width, channels)")
        return (None, 1, 1, channels)


_SATURATION = -1.6732632423543772848170429916717 * 1.0507009873554804934193349852946
"""What selu makes of very negative inputs."""


@dataclass(kw_only=True)
class AlphaDropout(_Dropping):
    """Dropout for selu: what is dropped becomes selu's limit, and mean and variance stay.

    outputs = a * (inputs where they are kept, else -1.758) + b, as keras.layers.AlphaDropout
    (Klambauer et al., 2017).

    Input shape: any. Output shape: the same.
    """

    type: Literal["AlphaDropout"] = "AlphaDropout"
    noise_shape: tuple[int | None, ...] | None = None
    """What is drawn: `[null, 1, null]` drops the same features in all steps of a sequence."""

    def check(self) -> None:
        """Refuse to drop everything: nothing would have the variance that is to stay."""
        require(0 <= self.rate < 1, f"rate must be at least 0 and below 1, got {self.rate}")
        check_noise_shape(self.noise_shape)

    def noise_shape_for(self, shape: Shape) -> BatchShape:
        """What the config says."""
        return fit_noise_shape(self.noise_shape, shape)

    @property
    def kept(self) -> float:
        """The a that brings the variance back to 1."""
        return float(((1 - self.rate) * (1 + self.rate * _SATURATION**2)) ** -0.5)

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Make room for what is added."""
        shapes = super().build(input_shapes)
        self.shifts = self.add_buffer(*self.values.shape)
        return shapes

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Multiply by a or 0, then add b, with a * limit where it was 0."""
        super().forward(inputs, outputs, context)
        shifts, limit = self.shifts.array, self.kept * _SATURATION
        np.multiply(self.values.array, -_SATURATION, out=shifts)
        np.add(shifts, limit - limit * self.rate, out=shifts)
        np.add(outputs[0], shifts, out=outputs[0])
