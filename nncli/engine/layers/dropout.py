"""Dropout: forgets some values at random in training."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.component import require
from nncli.engine.context import Context
from nncli.engine.layers.base import Layer, single
from nncli.engine.types import Array, Arrays, Shape


@dataclass(kw_only=True)
class Dropout(Layer):
    """Sets a fraction `rate` of the inputs to 0 and scales the rest by 1 / (1 - rate).

    Only in training, as keras.layers.Dropout (Srivastava et al., 2014).

    Input shape: any. Output shape: the same.
    """

    type: Literal["Dropout"] = "Dropout"
    rate: float
    """The fraction that is dropped, 0 <= rate <= 1."""

    def check(self) -> None:
        """Refuse rates that are no fraction."""
        require(0 <= self.rate <= 1, f"rate must lie between 0 and 1, got {self.rate}")

    @property
    def passes_in_inference(self) -> bool:
        """Outside training the inputs go through."""
        return True

    @property
    def views_input(self) -> bool:
        """A rate of 0 never does anything."""
        return self.rate == 0

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Keep the factors, 0 or 1 / (1 - rate), for backward."""
        shape = single(input_shapes)
        self.noise = self.add_noise("dropout")
        self.draws = self.add_buffer(None, *shape, dtype=np.float32)
        self.factors = self.add_buffer(None, *shape)
        return (shape,)

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Draw what is kept, and scale it."""
        draws, factors = self.draws.array, self.factors.array
        self.noise.generator.random(out=draws, dtype=np.float32)
        np.greater_equal(draws, self.rate, out=factors, casting="unsafe")
        np.multiply(factors, 1.0 / (1.0 - self.rate) if self.rate < 1 else 0.0, out=factors)
        np.multiply(inputs[0], factors, out=outputs[0])

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """The gradient passes where the input did."""
        if d_inputs[0] is not None:
            np.multiply(d_outputs[0], self.factors.array, out=d_inputs[0])
