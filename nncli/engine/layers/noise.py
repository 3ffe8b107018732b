"""What layers share that disturb values in training: they draw anew for every batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nncli.engine.buffers import BatchShape
from nncli.engine.component import require
from nncli.engine.context import Context
from nncli.engine.layers.base import Layer
from nncli.engine.layers.shapes import batched, single
from nncli.engine.types import Array, Arrays, Shape
from nncli.errors import ShapeError


@dataclass(kw_only=True)
class NoiseLayer(Layer):
    """Base: draws `values` in training and does nothing otherwise."""

    @property
    def strength(self) -> float:
        """How much is disturbed; a layer of strength 0 never does anything."""
        raise NotImplementedError

    def noise_shape_for(self, shape: Shape) -> BatchShape:
        """Return what is drawn for rows of that shape; an axis of size 1 shares a draw."""
        return (None, *shape)

    def fill(self, values: Array) -> None:
        """Write the noise of a batch."""
        raise NotImplementedError

    @property
    def passes_in_inference(self) -> bool:
        """Outside training the inputs go through."""
        return True

    @property
    def views_input(self) -> bool:
        """Without strength they always do."""
        return self.strength == 0

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Keep what is drawn for backward."""
        shape = single(input_shapes)
        drawn = self.noise_shape_for(shape)
        self.noise = self.add_noise(self.type.lower())
        self.values = self.add_buffer(*drawn)
        return (shape,)

    def draw(self) -> Array:
        """Return new values, for the running batch."""
        values = self.values.array
        self.fill(values)
        return values


@dataclass(kw_only=True)
class FactorNoise(NoiseLayer):
    """Base: outputs = inputs * values."""

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Draw, and multiply."""
        np.multiply(inputs[0], self.draw(), out=outputs[0])

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """The gradient passes where and as far as the input did."""
        if d_inputs[0] is not None:
            np.multiply(d_outputs[0], self.values.array, out=d_inputs[0])


def check_noise_shape(noise_shape: Sequence[int | None] | None) -> None:
    """Refuse sizes that no noise has, for `check`.

    Raises:
        ValueError: which begins with the field.
    """
    given = list(noise_shape or (None,))
    require(given[0] in (None, 1), f"noise_shape must begin with null or 1, the rows, got {given}")
    require(
        all(size is None or size >= 1 for size in given),
        f"noise_shape must hold null and sizes of at least 1, got {given}",
    )


def fit_noise_shape(noise_shape: Sequence[int | None] | None, shape: Shape) -> BatchShape:
    """Return the noise's shape for rows of that shape, each null filled in.

    Raises:
        ShapeError: if it can't be multiplied with the rows.
    """
    if noise_shape is None:
        return (None, *shape)
    fits = len(noise_shape) == len(shape) + 1 and all(
        size in (None, 1, own) for size, own in zip(noise_shape[1:], shape, strict=True)
    )
    if not fits:
        raise ShapeError(
            f"noise_shape {_listed(noise_shape)} doesn't fit inputs of {batched(shape)}: it has a "
            "size for each axis, null for the input's own or 1"
        )
    sizes = zip(noise_shape[1:], shape, strict=True)
    return (noise_shape[0], *(own if size is None else size for size, own in sizes))


def _listed(noise_shape: Sequence[int | None]) -> str:
    return f"[{', '.join('null' if size is None else str(size) for size in noise_shape)}]"
