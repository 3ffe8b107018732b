"""TimeDistributed: the same layer on every step of a sequence."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Literal

from nncli.engine.buffers import Buffer
from nncli.engine.context import Context
from nncli.engine.layers.base import Layer
from nncli.engine.layers.shapes import batched, single
from nncli.engine.types import Array, Arrays, Shape
from nncli.errors import ShapeError


@dataclass(kw_only=True)
class TimeDistributed(Layer):
    """Applies a layer to each step by itself, as keras.layers.TimeDistributed.

    Steps are rows to the layer inside: all are done at once, and nothing is copied.

    Input shape: `(rows, steps, ...)`. Output shape: `(rows, steps, *output of the layer)`.
    """

    type: Literal["TimeDistributed"] = "TimeDistributed"
    layer: Layer
    """The layer, for inputs without the axis of steps."""

    @property
    def wrapped(self) -> tuple[Layer, ...]:
        """The layer, whose name the weights' names contain."""
        return (self.layer,)

    @property
    def views_input(self) -> bool:
        """What the layer does."""
        return self.layer.views_input

    @property
    def passes_in_inference(self) -> bool:
        """What the layer does."""
        return self.layer.passes_in_inference

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Build the layer for the shape of a step, with room for the steps of every row.

        Raises:
            ShapeError: if there are no steps, or the layer looks at the batch as a whole.
        """
        shape = single(input_shapes)
        if len(shape) < 2:
            raise ShapeError(
                f"expected sequences, (steps, ...) after the batch, got shape {batched(shape)}"
            )
        self.inner = replace(deepcopy(self.layer), trainable=self._trains())
        if self.inner.needs_whole_batch:
            raise ShapeError(
                f"{self.layer.type} can't be inside TimeDistributed, where Keras takes other "
                "statistics for each step; it works on sequences by itself"
            )
        if self.inner.adapts:
            raise ShapeError(
                f"{self.layer.type} can't be inside TimeDistributed, where nobody fits it to the "
                "training rows; give its mean and variance, or use it on the sequences"
            )
        if getattr(self.inner, "activity_regularizer", None):
            raise ShapeError(
                "activity_regularizer can't be inside TimeDistributed, where Keras forgets it; "
                "use an ActivityRegularization layer behind"
            )
        self.inner.set_float_type(self.float_type)
        self.inner.input_shapes = (shape[1:],)
        self.inner.input_masks = (self._mask_of_step(),)
        self.inner.output_shapes = self.inner.build(self.inner.input_shapes)
        self.add_part(str(self.inner.name), self.inner)
        for _, part in self.inner.walk():
            for buffer in part.buffers:
                buffer.times *= shape[0]
        return tuple((shape[0], *output) for output in self.inner.output_shapes)

    def _mask_of_step(self) -> Buffer | None:
        """Return what the mask hides within a step, where it hides more than whole steps."""
        mask = self.input_masks[0]
        if mask is None or len(mask.shape) < 3:
            return None
        within = mask.reshaped((None, *mask.shape[2:]))
        within.times *= self.input_shapes[0][0]
        self.buffers.append(within)
        return within

    def output_mask(self) -> Buffer | None:
        """Hand on a mask of whole steps; one that goes deeper as far as the layer hands it on."""
        if self.inner.input_masks[0] is None:
            return self.input_masks[0]
        return self.inner.output_mask() and self.input_masks[0]

    def _trains(self) -> bool:
        return self.trainable and self.layer.trainable

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Run the layer on all steps."""
        self.inner.forward(_steps(inputs), _steps(outputs), context)

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """Run the layer backwards on all steps."""
        d_steps = (None,) if d_inputs[0] is None else _steps((d_inputs[0],))
        self.inner.backward(_steps(inputs), _steps(outputs), _steps(d_outputs), d_steps, context)


def _steps(arrays: Arrays) -> Arrays:
    """Return arrays of (rows, steps, ...) seen as (rows * steps, ...)."""
    return tuple(array.reshape(-1, *array.shape[2:]) for array in arrays)
