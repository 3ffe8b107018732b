"""All layers that don't fit, where a Model stops at the first of them."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from nncli.engine.layers.base import Layer
from nncli.engine.layers.input import Input
from nncli.engine.naming import name_layers
from nncli.engine.types import Shape
from nncli.engine.wiring import Node, build_layer, sources_of
from nncli.errors import ShapeError


def find_misfits(layers: Sequence[Layer], input_shape: Shape | None) -> list[ShapeError]:
    """Return an error for each layer that doesn't fit those that it reads.

    What lies behind such a layer has no shape and is left out.

    Arguments:
        layers: from the config, perhaps the first of them only.
        input_shape: of one row, where the layers don't begin with an Input.
    """
    fed = deepcopy(list(layers))
    try:
        name_layers(fed)
    except ShapeError as error:
        return [error]
    if isinstance(fed[0], Input) or input_shape is None:
        return _misfits(fed)
    found = _misfits([Input(name="input", shape=input_shape), *fed])
    for misfit in found:
        if misfit.layer is not None:  # counted without the Input that the table implies
            misfit.layer -= 1
    return found


def _misfits(layers: Sequence[Layer]) -> list[ShapeError]:
    found: list[ShapeError] = []
    positions: dict[str, int] = {}
    nodes: dict[int, Node] = {}
    shapes: list[Shape] = []
    for position, layer in enumerate(layers):
        try:
            origins = sources_of(layer, position, positions)
            if all(origin in nodes for origin, _ in origins):
                nodes[position] = build_layer(layer, position, origins, nodes, shapes)
        except ShapeError as error:
            error.layer = position
            found.append(error)
        positions[str(layer.name)] = position
    return found
