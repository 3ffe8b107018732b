"""What a pass through the model does, step by step, worked out before the first step.

A `Program` lists the calls of forward and backward, with buffers in the arrays' place; a `Plan` is
the program with the arrays for one number of rows put in. So a training step is nothing but a row
of calls.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from nncli.engine.buffers import Buffer
from nncli.engine.context import Context
from nncli.engine.layers.base import Layer
from nncli.engine.lifetimes import share_memory
from nncli.engine.types import Arrays, Call, Shape
from nncli.engine.wiring import Node


class Program:
    """The forward and the backward pass through built layers.

    Arguments:
        nodes: the layers in order, with the values they read and write.
        shapes: of the values, without the batch axis.
        ends: the values that are the network's outputs.
        context: training or inference; only training has a backward pass.
        dtype: of all floats.
    """

    def __init__(
        self,
        nodes: Sequence[Node],
        shapes: Sequence[Shape],
        ends: Sequence[int],
        context: Context,
        dtype: np.dtype[Any],
    ) -> None:
        self.context = context
        self.dtype = dtype
        self.buffers: list[Buffer] = []
        self.forward: list[Call] = []
        self.backward: list[Call] = []
        self.inputs: tuple[Buffer, ...] = ()
        self.values: dict[int, Buffer] = {}
        self._as_floats = {*ends, *_values_read_as_floats(nodes)}
        for node in nodes:
            if node.inputs:
                self._add_forward(node, [shapes[value] for value in node.outputs])
            else:
                self._add_entry(node, shapes[node.outputs[0]])
        self.outputs = tuple(self.values[value] for value in ends)
        self.d_outputs: tuple[Buffer, ...] = ()
        if context.training:
            self._add_backward(nodes, ends)
        share_memory(
            [operands for _, operands in (*self.forward, *self.backward)],
            kept=(*self.inputs, *self.outputs, *self.d_outputs),
        )

    def _add_forward(self, node: Node, shapes: Sequence[Shape]) -> None:
        layer = node.layer
        inputs = self._take(node.inputs)
        if layer.views_input or (layer.passes_in_inference and not self.context.training):
            self.values[node.outputs[0]] = inputs[0].reshaped((None, *shapes[0]))
            return
        outputs = tuple(self._new((None, *shape), self.dtype) for shape in shapes)
        self.values.update(zip(node.outputs, outputs, strict=True))
        self.forward.append((layer.forward, (inputs, outputs, self.context)))

    def _add_entry(self, node: Node, shape: Shape) -> None:
        """Make the buffer of an Input, and for its integers a second one, where floats are read."""
        (value,) = node.outputs
        entry = self._new((None, *shape), np.dtype(node.layer.output_dtype or self.dtype))
        self.inputs = (*self.inputs, entry)
        self.values[value] = entry
        if entry.dtype.kind == "i" and value in self._as_floats:
            self.values[value] = self._new(entry.shape, self.dtype)
            self.forward.append((np.copyto, (self.values[value], entry)))

    def _add_backward(self, nodes: Sequence[Node], ends: Sequence[int]) -> None:
        wanted = _values_with_gradient(nodes)
        gradients: dict[int, list[Buffer]] = {value: [self._new_like(value)] for value in ends}
        self.d_outputs = tuple(gradients[value][0] for value in ends)
        for node in reversed(nodes):
            if not node.inputs or not any(value in wanted for value in node.outputs):
                continue
            d_outputs = tuple(self._sum(gradients.get(v) or [self._zeros(v)]) for v in node.outputs)
            d_inputs: tuple[Buffer | None, ...]
            if node.layer.views_input:
                d_inputs = (d_outputs[0].reshaped(self.values[node.inputs[0]].shape),)
            else:
                d_inputs = tuple(self._new_like(v) if v in wanted else None for v in node.inputs)
                arrays = (self._take(node.inputs), self._take(node.outputs), d_outputs, d_inputs)
                self.backward.append((node.layer.backward, (*arrays, self.context)))
            for value, gradient in zip(node.inputs, d_inputs, strict=True):
                if gradient is not None:
                    gradients.setdefault(value, []).append(gradient)

    def _sum(self, parts: list[Buffer]) -> Buffer:
        """Add up what the readers of a value say of its gradient, in the order of the list."""
        for part in parts[1:]:
            self.backward.append((np.add, (parts[0], part, parts[0])))
        return parts[0]

    def _zeros(self, value: int) -> Buffer:
        """Return the gradient of an output that nobody reads, beside one that somebody does."""
        zeros = self._new_like(value)
        self.backward.append((np.copyto, (zeros, 0)))
        return zeros

    def _new_like(self, value: int) -> Buffer:
        return self._new(self.values[value].shape, self.dtype)

    def _new(self, shape: tuple[int | None, ...], dtype: np.dtype[Any]) -> Buffer:
        buffer = Buffer(shape, dtype)
        self.buffers.append(buffer)
        return buffer

    def _take(self, values: Sequence[int]) -> tuple[Buffer, ...]:
        return tuple(self.values[value] for value in values)


class Plan:
    """A program with its arrays for one number of rows, which buffers are already bound to.

    `inputs` are to be filled before `forward`, `d_outputs` before `backward`. The `outputs` are
    logits where an activation was released to the loss.
    """

    def __init__(self, program: Program, rows: int) -> None:
        self.rows = rows
        self.inputs: Arrays = _arrays(program.inputs, rows)
        self.outputs: Arrays = _arrays(program.outputs, rows)
        self.d_outputs: Arrays = _arrays(program.d_outputs, rows)
        self.forward_steps = _steps(program.forward, rows)
        self.backward_steps = _steps(program.backward, rows)
        self._forward = _taken_apart(self.forward_steps, "forward_calls")
        self._backward = _taken_apart(self.backward_steps, "backward_calls")

    def forward(self) -> None:
        """Run every layer."""
        for run, arguments in self._forward:
            run(*arguments)

    def inputs_of(self, layer: Layer) -> Arrays:
        """Run the layers before this one, and return what reaches it."""
        for run, arguments in self.forward_steps:
            if run == layer.forward:
                reaching: Arrays = arguments[0]
                return reaching
            run(*arguments)
        raise LookupError(f"{layer.name} is not run")

    def backward(self) -> None:
        """Run every layer backwards, to the gradients of the weights."""
        for run, arguments in self._backward:
            run(*arguments)


def _steps(steps: Sequence[Call], rows: int) -> list[Call]:
    return [(run, _arrays(arguments, rows)) for run, arguments in steps]


def _taken_apart(steps: Sequence[Call], method: str) -> list[Call]:
    """Put in each layer's place the calls that its work consists of."""
    calls: list[Call] = []
    for run, arguments in steps:
        layer = getattr(run, "__self__", None)
        calls += (
            getattr(layer, method)(*arguments) if isinstance(layer, Layer) else [(run, arguments)]
        )
    return calls


def _arrays(operand: Any, rows: int) -> Any:
    """Put arrays where buffers stand."""
    if isinstance(operand, Buffer):
        return operand.view(rows)
    if isinstance(operand, tuple):
        return tuple(_arrays(part, rows) for part in operand)
    return operand


def _values_read_as_floats(nodes: Sequence[Node]) -> set[int]:
    """Return the values of which a layer calculates, so that integers have to be floats there."""
    found: set[int] = set()
    for node in reversed(nodes):
        takes_both = node.layer.reads_integers or node.layer.views_input
        if not takes_both or (node.layer.views_input and node.outputs[0] in found):
            found.update(node.inputs)
    return found


def _values_with_gradient(nodes: Sequence[Node]) -> set[int]:
    """Return the values that depend on trained weights; only their gradients are needed."""
    wanted: set[int] = set()
    for node in nodes:
        if node.layer.trainable_count or wanted.intersection(node.inputs):
            wanted.update(node.outputs)
    return wanted
