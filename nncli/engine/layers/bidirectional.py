"""Bidirectional: one recurrent layer from the start, its twin from the end."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from nncli.engine.buffers import Buffer
from nncli.engine.component import require
from nncli.engine.context import Context
from nncli.engine.layers.base import Layer
from nncli.engine.layers.recurrent import Recurrent
from nncli.engine.types import Array, Arrays, Shape


@dataclass(kw_only=True)
class Bidirectional(Layer):
    """Runs a recurrent layer in both directions, as keras.layers.Bidirectional.

    Input shape: `(rows, steps, features)`. Output shape: that of the layer, with twice the units
    where both are put side by side.
    """

    type: Literal["Bidirectional"] = "Bidirectional"
    layer: Layer
    """The layer: a SimpleRNN, LSTM or GRU. Its twin starts with weights of its own."""
    merge_mode: Literal["concat", "sum", "mul", "ave"] = "concat"
    """How both outputs become one: side by side, or their sum, product or mean."""

    def check(self) -> None:
        """Refuse layers without direction."""
        require(
            isinstance(self.layer, Recurrent),
            f"layer must be a SimpleRNN, LSTM or GRU, got {self.layer.type}",
        )

    @property
    def wrapped(self) -> Layer:
        """The layer, whose name the weights' names contain."""
        return self.layer

    @property
    def sequential_calls(self) -> int:
        """Those of both."""
        return 4 * self.input_shapes[0][0]

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Build both layers, and buffers for their outputs."""
        self.forwards = self._twin("forward", reverse=False)
        self.backwards = self._twin("backward", reverse=True)
        shapes = [twin.build(input_shapes) for twin in (self.forwards, self.backwards)]
        shape = shapes[0][0]
        self.ahead, self.back, self.d_ahead, self.d_back = (
            self.add_buffer(None, *shape) for _ in range(4)
        )
        self.d_inputs = self.add_buffer(None, *input_shapes[0])
        if self.merge_mode == "concat":
            return ((*shape[:-1], 2 * shape[-1]),)
        return (shape,)

    def output_mask(self) -> Buffer | None:
        """Pass the mask on where there still are steps."""
        return self.forwards.output_mask()

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Run both, and merge; where a step is padding both outputs are zero, as in Keras."""
        ahead, back = self.ahead.array, self.back.array
        self.forwards.forward(inputs, (ahead,), context)
        self.backwards.forward(inputs, (back,), context)
        self._hide_padding(ahead, self._in_time(back))
        back, output = self._in_time(back), outputs[0]
        if self.merge_mode == "concat":
            np.copyto(output[..., : ahead.shape[-1]], ahead)
            np.copyto(output[..., ahead.shape[-1] :], back)
        elif self.merge_mode == "mul":
            np.multiply(ahead, back, out=output)
        else:
            np.add(ahead, back, out=output)
            if self.merge_mode == "ave":
                np.multiply(output, 0.5, out=output)

    def backward(
        self,
        inputs: Arrays,
        outputs: Arrays,
        d_outputs: Arrays,
        d_inputs: tuple[Array | None, ...],
        context: Context,
    ) -> None:
        """Part the gradient, run both backwards, and add what they say of the inputs."""
        ahead, back, d_output = self.ahead.array, self.back.array, d_outputs[0]
        d_ahead, d_back = self.d_ahead.array, self._in_time(self.d_back.array)
        if self.merge_mode == "concat":
            np.copyto(d_ahead, d_output[..., : ahead.shape[-1]])
            np.copyto(d_back, d_output[..., ahead.shape[-1] :])
        elif self.merge_mode == "mul":
            np.multiply(d_output, self._in_time(back), out=d_ahead)
            np.multiply(d_output, ahead, out=d_back)
        else:
            np.multiply(d_output, 0.5 if self.merge_mode == "ave" else 1.0, out=d_ahead)
            np.copyto(d_back, d_ahead)
        self._hide_padding(d_ahead, d_back)
        self.forwards.backward(inputs, (ahead,), (d_ahead,), d_inputs, context)
        wanted, other = d_inputs[0], self.d_inputs.array
        others = (None if wanted is None else other,)
        self.backwards.backward(inputs, (back,), (self.d_back.array,), others, context)
        if wanted is not None:
            np.add(wanted, other, out=wanted)

    def _twin(self, direction: str, *, reverse: bool) -> Recurrent:
        assert isinstance(self.layer, Recurrent)
        twin = replace(
            deepcopy(self.layer),
            name=f"{direction}_{self.layer.name}",
            go_backwards=self.layer.go_backwards or reverse,
            trainable=self.trainable and self.layer.trainable,
        )
        twin.set_float_type(self.float_type)
        twin.input_shapes, twin.input_masks = self.input_shapes, self.input_masks
        self.add_part(str(twin.name), twin)
        return twin

    def _in_time(self, outputs: Array) -> Array:
        """Return the outputs of the twin that begins at the end, in the order of the others."""
        return outputs[:, ::-1] if self.forwards.return_sequences else outputs

    def _hide_padding(self, *arrays: Array) -> None:
        mask = self.output_mask()
        if mask is not None:
            for array in arrays:
                np.multiply(array, mask.array[..., np.newaxis], out=array)
