"""Which layer reads what: finds the layers' inputs, and builds them in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from difflib import get_close_matches

from nncli.engine.buffers import Buffer
from nncli.engine.capacity import check_weights
from nncli.engine.layers.base import Layer
from nncli.engine.layers.input import Input
from nncli.engine.layers.shapes import batched
from nncli.engine.naming import name_layers
from nncli.engine.types import Shape
from nncli.errors import ShapeError

Source = tuple[int, int]
"""The position of a layer and the number of one of its outputs."""
_MOST_IN_TRAIL = 8


@dataclass(frozen=True)
class Node:
    """A built layer and the values it reads and writes, by number."""

    layer: Layer
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    masks: tuple[Buffer | None, ...]
    """Which steps of each output count; None where all do."""


def find_sources(layers: Sequence[Layer]) -> list[tuple[Source, ...]]:
    """Return for each layer where its inputs come from, always from layers above it.

    Raises:
        ShapeError: if a layer reads one that isn't above it, or there is nothing to read.
    """
    positions: dict[str, int] = {}
    sources: list[tuple[Source, ...]] = []
    for position, layer in enumerate(layers):
        try:
            sources.append(sources_of(layer, position, positions))
        except ShapeError as error:
            error.layer = position
            raise
        positions[str(layer.name)] = position
    return sources


def find_ends(sources: Sequence[tuple[Source, ...]], losses: int = 0) -> list[int]:
    """Return the positions of the layers that nobody reads: the outputs of the network.

    Raises:
        ShapeError: if there are losses, but not as many.
    """
    read = {position for inputs in sources for position, _ in inputs}
    ends = [position for position in range(len(sources)) if position not in read]
    if losses and len(ends) != losses:
        raise at_layer(
            ends[0],
            f"no layer reads this one, so it is one of {len(ends)} outputs of the network, which "
            f"has {losses} loss{'es' * (losses > 1)}; take it out, or let a later layer read it",
        )
    return ends


def end_value(node: Node, position: int) -> int:
    """Return the value that a layer nobody reads gives the network as an output.

    Raises:
        ShapeError: it has several, and nobody knows which is meant.
    """
    if len(node.outputs) > 1:
        name = node.layer.name
        raise at_layer(
            position,
            f"it has {len(node.outputs)} outputs, so it can't be the network's end; let a layer "
            f"below read one of them, as by inputs: [{name}.0]",
        )
    return node.outputs[0]


def name_ends(layers: Sequence[Layer]) -> list[tuple[str, int]]:
    """Return name and position of the layers that are the outputs of a network of these layers.

    Raises:
        ShapeError: if a layer reads one that isn't above it.
    """
    copies = deepcopy(list(layers))
    name_layers(copies)
    implied = 0 if isinstance(copies[0], Input) else 1  # the Input that the table stands for
    try:
        sources = find_sources([Input(name="input", shape=(1,))] * implied + copies)
    except ShapeError as error:
        if error.layer is not None:
            error.layer -= implied
        raise
    ends = (position - implied for position in find_ends(sources))
    return [(str(copies[position].name), position) for position in ends]


def build_layers(
    layers: Sequence[Layer], sources: Sequence[tuple[Source, ...]]
) -> tuple[list[Node], list[Shape]]:
    """Build every layer on the shapes of those it reads; return the nodes and the values' shapes.

    Raises:
        ShapeError: with the position of the layer that doesn't fit, or doesn't fit into memory.
    """
    nodes: dict[int, Node] = {}
    shapes: list[Shape] = []
    weights = 0
    for position, (layer, origins) in enumerate(zip(layers, sources, strict=True)):
        nodes[position] = build_layer(layer, position, origins, nodes, shapes)
        try:
            weights += layer.parameter_count
            check_weights("the network up to this layer", weights, layer.float_type.itemsize)
        except ShapeError as error:
            error.layer = position
            raise
    return list(nodes.values()), shapes


def build_layer(
    layer: Layer,
    position: int,
    origins: tuple[Source, ...],
    nodes: Mapping[int, Node],
    shapes: list[Shape],
) -> Node:
    """Build a layer on those built already, by position, and add its outputs' shapes to the list.

    Raises:
        ShapeError: with the position of the layer, and the shapes that led to it.
    """
    try:
        inputs = tuple(_value(nodes[origin], number) for origin, number in origins)
        layer.input_shapes = tuple(shapes[value] for value in inputs)
        layer.input_masks = tuple(nodes[origin].masks[number] for origin, number in origins)
        layer.output_shapes = layer.build(layer.input_shapes)
    except ShapeError as error:
        error.layer, error.so_far = position, _trail(nodes.values())
        raise
    start = len(shapes)
    shapes.extend(layer.output_shapes)
    return Node(layer, inputs, tuple(range(start, len(shapes))), layer.output_masks())


def _trail(nodes: Iterable[Node]) -> str:
    """Return the shapes of the last few layers: "input (None, 8), dense (None, 4)"."""
    texts = [
        f"{node.layer.name} {' and '.join(map(batched, node.layer.output_shapes))}"
        for node in nodes
    ]
    return ", ".join([*["..."][: len(texts) > _MOST_IN_TRAIL], *texts[-_MOST_IN_TRAIL:]])


def join_pairs(nodes: Sequence[Node], ends: Sequence[int]) -> list[Node]:
    """Return the nodes to run: two layers that are faster as one are one."""
    steps: list[Node] = []
    for node in nodes:
        above = steps[-1] if steps else None
        if above and node.inputs == above.outputs and _readers(above.outputs, nodes, ends) == 1:
            joined = above.layer.joined_with(node.layer)
            if joined:
                steps[-1] = replace(node, layer=joined, inputs=above.inputs)
                continue
        steps.append(node)
    return steps


def _readers(values: Sequence[int], nodes: Sequence[Node], ends: Sequence[int]) -> int:
    """Return how often the values are read, by layers or as the network's outputs."""
    reads = [*ends, *(value for node in nodes for value in node.inputs)]
    return sum(reads.count(value) for value in values)


def at_layer(position: int, message: str) -> ShapeError:
    """Return an error about the layer at that position."""
    error = ShapeError(message)
    error.layer = position
    return error


def sources_of(layer: Layer, position: int, positions: Mapping[str, int]) -> tuple[Source, ...]:
    """Return where a layer's inputs come from, given the positions of the named ones above it.

    Raises:
        ShapeError: if they are none of these.
    """
    if isinstance(layer, Input):
        if layer.inputs:
            raise ShapeError("an Input reads columns of the table, not other layers")
        return ()
    if layer.inputs == ():
        raise ShapeError("inputs names no layer; name those to read, or leave it out")
    if layer.inputs is None:
        if position == 0:
            raise ShapeError("the first layer has nothing to read: the network needs an Input")
        return ((position - 1, 0),)
    return tuple(_find(reference, positions) for reference in layer.inputs)


def _find(reference: str, positions: Mapping[str, int]) -> Source:
    name, _, number = reference.partition(".")
    if name not in positions:
        near = get_close_matches(name, positions, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        above = ", ".join(positions) or "there is none"
        raise ShapeError(f"inputs names {name!r}, which is no layer above it ({above}){hint}")
    if number and not number.isdecimal():
        raise ShapeError(f"inputs names {reference!r}; after the dot stands an output's number")
    return positions[name], int(number or 0)


def _value(node: Node, number: int) -> int:
    if number >= len(node.outputs):
        raise ShapeError(
            f"inputs names output {number} of {node.layer.name!r}, "
            f"which has {len(node.outputs)} (the first is 0)"
        )
    return node.outputs[number]
