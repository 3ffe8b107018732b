"""A network and all its memory: parameters, state, activations, gradients.

Layers say what they need; the model owns the arrays and hands out views.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from functools import cached_property
from typing import Any, Literal

import numpy as np

from nncli.engine.buffers import Buffer, Memory
from nncli.engine.component import Component
from nncli.engine.context import Context
from nncli.engine.fusing import release_activations
from nncli.engine.layers.base import Layer
from nncli.engine.layers.input import Input
from nncli.engine.losses.base import Loss
from nncli.engine.naming import name_layers
from nncli.engine.parameters import Parameters, Weight
from nncli.engine.program import Plan, Program
from nncli.engine.random import generator
from nncli.engine.types import Array, Arrays, Shape
from nncli.engine.wiring import build_layers, end_value, find_ends, find_sources, join_pairs
from nncli.errors import ShapeError

_PLANS_KEPT = 8
_BATCH_BYTES = 16 * 2**20
"""What a batch of predictions may take."""


class Model:
    """Layers wired, built and ready to run.

    Arguments:
        layers: from the config; they are copied, so that one config makes many models.
        input_shape: of one row, where the layers don't begin with an Input.
        losses: one for each output, or none where nothing is to be trained.
        loss_weights: what each of them is multiplied by; 1 where nothing is given.
        seed: for the weights' first values and the layers' noise.
        dtype: "float32" or "float64".
        number: 0, or which replica this is (see `replica`).

    Raises:
        ShapeError: naming the layer that doesn't fit.
    """

    def __init__(
        self,
        layers: Sequence[Layer],
        *,
        input_shape: Shape | None = None,
        losses: Sequence[Loss] = (),
        loss_weights: Sequence[float] = (),
        seed: int = 0,
        dtype: Literal["float32", "float64"] = "float32",
        number: int = 0,
    ) -> None:
        self._made_of: dict[str, Any] = {
            "layers": deepcopy(list(layers)),
            "input_shape": input_shape,
            "losses": tuple(losses),
            "loss_weights": tuple(loss_weights),
            "seed": seed,
            "dtype": dtype,
        }
        self.loss_weights = tuple(loss_weights) or (1.0,) * len(losses)
        self.training_context = Context(training=True, replica=number)
        self.dtype: np.dtype[Any] = np.dtype(dtype)
        self.layers = deepcopy(list(layers))
        name_layers(self.layers)
        fed = self._fed_layers(input_shape)
        try:
            self._build(fed, losses)
        except ShapeError as error:
            if error.layer is not None:  # counted without the Input that the table implies
                error.layer -= len(fed) - len(self.layers)
            raise
        weights = dict(self._named_weights())
        self.parameters = Parameters(_only(weights, trainable=True), self.dtype)
        self.state = Parameters(_only(weights, trainable=False), self.dtype)
        self._initialize(seed, number)
        self._bound: tuple[bool, int] | None = None
        self._programs: dict[bool, Program] = {}
        self._capacity: dict[bool, int] = {}
        self._plans: dict[tuple[bool, int], tuple[Plan, list[tuple[Buffer, Array]]]] = {}

    def replica(self, number: int) -> Model:
        """Return a model of the same layers that shares this one's weights.

        It has its own gradients, buffers and generators, so that it can work on another part of a
        batch in another thread.
        """
        twin = Model(number=number, **self._made_of)
        twin.parameters.share_values(self.parameters)
        twin.state.share_values(self.state)
        return twin

    @property
    def input_shapes(self) -> tuple[Shape, ...]:
        """The shapes of one row of each input."""
        return tuple(self.shapes[n.outputs[0]] for n in self.nodes if not n.inputs)

    @property
    def output_shapes(self) -> tuple[Shape, ...]:
        """The shapes of one row of each output."""
        return tuple(self.shapes[end] for end in self.ends)

    def weights(self) -> dict[str, Array]:
        """Return all weights by name ("dense/kernel"), as views of the model's memory."""
        return {name: weight.value for name, weight in self._named_weights()}

    def load_weights(self, weights: Mapping[str, Array]) -> None:
        """Copy weights of the same names and shapes into the model."""
        for name, value in self.weights().items():
            np.copyto(value, weights[name])

    def program(self, *, training: bool) -> Program:
        """Return the steps of a pass, on buffers; it is worked out once."""
        if training not in self._programs:
            context = self.training_context if training else Context(training=False)
            self._programs[training] = Program(
                self.steps, self.shapes, self.ends, context, self.dtype
            )
        return self._programs[training]

    def plan(self, rows: int, *, training: bool) -> Plan:
        """Return the pass for that many rows, with all buffers pointed at its arrays.

        Ask again whenever another plan has run in between.
        """
        if self._bound == (training, rows):
            return self._plans[training, rows][0]
        if rows > self._capacity.get(training, 0):
            self._reserve(rows, training)
        if (training, rows) not in self._plans:
            if len(self._plans) >= _PLANS_KEPT:
                self._plans.clear()
            views = [(buffer, buffer.view(rows)) for buffer in self._component_buffers()]
            _bind(views)
            self._plans[training, rows] = Plan(self._programs[training], rows), views
        plan, views = self._plans[training, rows]
        _bind(views)
        self._bound = training, rows
        return plan

    def memory_needed(self, rows: int, *, training: bool) -> int:
        """Return the bytes that all buffers take for that many rows, weights not counted."""
        buffers = [*self.program(training=training).buffers, *self._component_buffers()]
        return sum(memory.size(rows) for memory in _memories(buffers))

    def predict(self, inputs: Arrays, batch_size: int | None = None) -> Arrays:
        """Return the outputs, activations applied, for inputs of (rows, *input shape)."""
        rows = len(inputs[0])
        batch = batch_size or self.comfortable_batch
        outputs = tuple(np.empty((rows, *shape), self.dtype) for shape in self.output_shapes)
        for start in range(0, rows, batch):
            part = slice(start, min(start + batch, rows))
            plan = self.plan(part.stop - part.start, training=False)
            for array, values in zip(plan.inputs, inputs, strict=True):
                np.copyto(array, values[part], casting="unsafe")
            plan.forward()
            for array, result in zip(outputs, plan.outputs, strict=True):
                array[part] = result
        return self.activate(outputs)

    def activate(self, outputs: Arrays) -> Arrays:
        """Apply the activations that were released to the losses."""
        return tuple(
            output if activation is None else activation.apply(output)
            for activation, output in zip(self.activations, outputs, strict=True)
        )

    def _fed_layers(self, input_shape: Shape | None) -> list[Layer]:
        if isinstance(self.layers[0], Input) or input_shape is None:
            return self.layers
        return [Input(name="input", shape=input_shape), *self.layers]

    def _build(self, fed: Sequence[Layer], losses: Sequence[Loss]) -> None:
        sources = find_sources(fed)
        ends = find_ends(sources, losses=len(losses))
        self.activations, self.losses = release_activations([fed[end] for end in ends], losses)
        for component in [*fed, *self.losses]:
            component.set_float_type(self.dtype)
        self.nodes, self.shapes = build_layers(fed, sources)
        self.ends = tuple(end_value(self.nodes[end], end) for end in ends)
        self.output_names = tuple(str(fed[end].name) for end in ends)
        self.steps = join_pairs(self.nodes, self.ends)
        for loss, end in zip(self.losses, self.ends, strict=bool(self.losses)):
            loss.build(self.shapes[end])

    def _components(self) -> Iterator[tuple[str, Component]]:
        for node in self.nodes:
            yield from node.layer.walk(str(node.layer.name))
        for loss in self.losses:
            yield from loss.walk("loss")

    def _named_weights(self) -> Iterator[tuple[str, Weight]]:
        for path, component in self._components():
            for name, weight in component.weights.items():
                yield f"{path}/{name}", weight

    def _initialize(self, seed: int, number: int) -> None:
        for name, weight in self._named_weights():
            draw = weight.initializer.draw
            np.copyto(weight.value, draw(weight.shape, generator(seed, f"initialize {name}")))
        of_replica = f" replica {number}" if number else ""
        found = [(path, component.noises) for path, component in self._components()]
        self.noises = {f"{what} {path}": n for path, own in found for what, n in own.items()}
        for name, noise in self.noises.items():
            noise.generator = generator(seed, f"{name}{of_replica}")

    def _component_buffers(self) -> Iterator[Buffer]:
        for layer in (*(step.layer for step in self.steps), *self.losses):
            for _, component in layer.walk():
                yield from component.buffers

    def _reserve(self, rows: int, training: bool) -> None:
        """Make room for more rows; what was planned before is planned anew."""
        program = self.program(training=training)
        self._capacity[training] = rows
        for memory in _memories(program.buffers):
            memory.reserve(rows)
        for memory in _memories(self._component_buffers()):
            memory.reserve(max(self._capacity.values()))
        self._plans.clear()
        self._bound = None

    @cached_property
    def comfortable_batch(self) -> int:
        """How many rows to predict at a time, so that calls are few and arrays near."""
        row = self.memory_needed(2, training=False) - self.memory_needed(1, training=False)
        return max(1, min(8192, _BATCH_BYTES // max(row, 1)))


def _bind(views: Iterable[tuple[Buffer, Array]]) -> None:
    for buffer, view in views:
        buffer.array = view


def _only(weights: Mapping[str, Weight], *, trainable: bool) -> dict[str, Weight]:
    return {name: weight for name, weight in weights.items() if weight.trainable is trainable}


def _memories(buffers: Iterable[Buffer]) -> list[Memory]:
    return list({id(buffer.memory): buffer.memory for buffer in buffers}.values())
