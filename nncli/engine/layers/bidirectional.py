"""Bidirectional: one recurrent layer from the start, its twin from the end."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from nncli.engine.buffers import Buffer
from nncli.engine.component import require
from nncli.engine.context import Context
from nncli.engine.layers.base import Layer
from nncli.engine.layers.recurrent import Recurrent
from nncli.engine.layers.shapes import single
from nncli.engine.types import Array, Arrays, Shape


@dataclass(kw_only=True)
class Bidirectional(Layer):
    """Runs a recurrent layer in both directions, as keras.layers.Bidirectional.

    Input shape: `(rows, steps, features)`. Output shape: that of the layer, with twice the units
    where both are put side by side. With `merge_mode: null` there are two outputs, which later
    layers read as `inputs: [bidirectional.0]` and `inputs: [bidirectional.1]`.
    """

    type: Literal["Bidirectional"] = "Bidirectional"
    layer: Layer
    """The layer: a SimpleRNN, LSTM or GRU. Its twin starts with weights of its own."""
    merge_mode: Literal["concat", "sum", "mul", "ave"] | None = "concat"
    """How both outputs become one: side by side, or their sum, product or mean; `null` leaves them
    two."""
    backward_layer: Layer | None = None
    """The layer for the other direction, where it is to be another than the twin; `go_backwards`
    tells which of both begins at the end."""

    def check(self) -> None:
        """Refuse layers without direction, with the same, or whose outputs don't fit together."""
        for field, layer in (("layer", self.layer), ("backward_layer", self.backward_layer)):
            require(
                layer is None or isinstance(layer, Recurrent),
                f"{field} must be a SimpleRNN, LSTM or GRU, got {layer and layer.type}",
            )
        ahead, back = self._pair()
        require(
            not (ahead.return_state or back.return_state),
            "layer must not have return_state; two layers with go_backwards false and true have",
        )
        require(
            ahead.go_backwards != back.go_backwards,
            "layer must not have the go_backwards of the other, which is true by default",
        )
        for field in ("units", "return_sequences"):
            ours, theirs = getattr(ahead, field), getattr(back, field)
            require(
                ours == theirs,
                f"backward_layer must have the {field} of layer, {ours}, got {theirs}",
            )

    @property
    def wrapped(self) -> tuple[Layer, ...]:
        """The layers, whose names the weights' names contain."""
        return (self.layer,) if self.backward_layer is None else (self.layer, self.backward_layer)

    @property
    def sequential_calls(self) -> int:
        """Those of both."""
        return 4 * self.input_shapes[0][0]

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Build both layers, and buffers for their outputs."""
        single(input_shapes)
        self.forwards, self.backwards = self._pair()
        shapes = [
            self._build_inside(layer, input_shapes) for layer in (self.forwards, self.backwards)
        ]
        shape = shapes[0]
        self.ahead, self.back, self.d_ahead, self.d_back = (
            self.add_buffer(None, *shape) for _ in range(4)
        )
        self.d_inputs = self.add_buffer(None, *input_shapes[0])
        if self.merge_mode == "concat":
            return ((*shape[:-1], 2 * shape[-1]),)
        return (shape,) if self.merge_mode else (shape, shape)

    def output_mask(self) -> Buffer | None:
        """Pass the mask on where there still are steps."""
        return self.forwards.output_mask()

    def forward(self, inputs: Arrays, outputs: Arrays, context: Context) -> None:
        """Run both, and merge."""
        ahead, back = self.ahead.array, self.back.array
        self.forwards.forward(inputs, (ahead,), context)
        self.backwards.forward(inputs, (back,), context)
        back, output = self._in_time(back), outputs[0]
        if self.merge_mode is None:
            np.copyto(output, ahead)
            np.copyto(outputs[1], back)
        elif self.merge_mode == "concat":
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
        if self.merge_mode is None:
            np.copyto(d_ahead, d_output)
            np.copyto(d_back, d_outputs[1])
        elif self.merge_mode == "concat":
            np.copyto(d_ahead, d_output[..., : ahead.shape[-1]])
            np.copyto(d_back, d_output[..., ahead.shape[-1] :])
        elif self.merge_mode == "mul":
            np.multiply(d_output, self._in_time(back), out=d_ahead)
            np.multiply(d_output, ahead, out=d_back)
        else:
            np.multiply(d_output, 0.5 if self.merge_mode == "ave" else 1.0, out=d_ahead)
            np.copyto(d_back, d_ahead)
        self.forwards.backward(inputs, (ahead,), (d_ahead,), d_inputs, context)
        wanted, other = d_inputs[0], self.d_inputs.array
        others = (None if wanted is None else other,)
        self.backwards.backward(inputs, (back,), (self.d_back.array,), others, context)
        if wanted is not None:
            np.add(wanted, other, out=wanted)

    def _pair(self) -> tuple[Recurrent, Recurrent]:
        """Return copies of both layers, named as in Keras; padded steps of sequences become zeros.

        A backward layer that the config doesn't have is the twin of the other.
        """
        ahead, back = self.layer, self.backward_layer
        assert isinstance(ahead, Recurrent)
        name = str(ahead.name)
        first = self._copy(ahead, name=f"forward_{name.removeprefix('forward_')}")
        if back is None:
            twin = f"backward_{name.removeprefix('backward_')}"
            return first, self._copy(ahead, name=twin, go_backwards=True)
        assert isinstance(back, Recurrent)
        return first, self._copy(back)

    def _copy(self, layer: Recurrent, **changes: Any) -> Recurrent:
        return replace(
            deepcopy(layer),
            trainable=self.trainable and layer.trainable,
            zero_output_for_mask=layer.return_sequences,
            **changes,
        )

    def _build_inside(self, layer: Recurrent, input_shapes: tuple[Shape, ...]) -> Shape:
        layer.set_float_type(self.float_type)
        layer.input_shapes, layer.input_masks = self.input_shapes, self.input_masks
        self.add_part(str(layer.name), layer)
        return layer.build(input_shapes)[0]

    def _in_time(self, outputs: Array) -> Array:
        """Return the outputs of the layer that begins at the end, in the order of the others."""
        return outputs[:, ::-1] if self.forwards.return_sequences else outputs
