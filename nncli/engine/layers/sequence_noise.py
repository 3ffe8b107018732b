"""Dropout inside recurrent layers: drawn once for a sequence, the same in all of its steps."""

from __future__ import annotations

import numpy as np

from nncli.engine.layers.base import Layer
from nncli.engine.random import draw_ones
from nncli.engine.types import Array


class SequenceNoise:
    """Factors 0 or 1 / (1 - rate) for a row's features or units, (copies, numbers, rows).

    Arguments:
        owner: the layer, which owns the generator and the buffers.
        purpose: names the generator.
        rate: the fraction that is dropped.
        copies: how many draws, one for each gate or one for all.
        numbers: how many features or units.
    """

    def __init__(self, owner: Layer, purpose: str, rate: float, copies: int, numbers: int) -> None:
        self.rate = rate
        self.noise = owner.add_noise(purpose)
        self.factors = owner.add_buffer(copies, numbers, None)

    def draw(self, *, training: bool) -> None:
        """Fill the factors; outside training nothing is dropped."""
        factors = self.factors.array
        if not training:
            factors.fill(1.0)
            return
        draw_ones(self.noise.generator, 1.0 - self.rate, factors.reshape(-1))
        np.multiply(factors, 1.0 / (1.0 - self.rate), out=factors)

    @property
    def array(self) -> Array:
        """The factors, as drawn for the running batch."""
        return self.factors.array
