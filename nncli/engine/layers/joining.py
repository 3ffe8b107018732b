"""Layers that do the work of two built ones in their place; see Layer.joined_with."""

from __future__ import annotations

from typing import TypeVar

from nncli.engine.layers.base import Layer

Joined = TypeVar("Joined", bound=Layer)


def built(joined: Joined, above: Layer, below: Layer) -> Joined:
    """Return the layer, built on what the upper one of the two reads."""
    joined.name = f"{above.name} + {below.name}"
    joined.set_float_type(above.float_type)
    joined.input_shapes = above.input_shapes
    joined.output_shapes = joined.build(above.input_shapes)
    return joined
