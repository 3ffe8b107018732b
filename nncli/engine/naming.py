"""The names of layers that the config leaves unnamed, as Keras gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nncli.engine.layers.base import Layer
from nncli.errors import ShapeError


def name_layers(layers: Sequence[Layer]) -> None:
    """Name the layers that have no name as Keras does: dense, dense_1, max_pooling2d.

    A layer within a layer is named first, from the same count: Keras has made it earlier.

    Raises:
        ShapeError: if two layers have the same name.
    """
    given = [layer.name for layer in layers if layer.name]
    counts: dict[str, int] = {}
    for position, layer in enumerate(layers):
        if layer.name in [above.name for above in layers[:position] if layer.name]:
            error = ShapeError(f"two layers have the name {layer.name!r}")
            error.layer = position
            raise error
        for unnamed in _from_within(layer):
            while unnamed.name is None:
                stem = snake_case(unnamed.type)
                number = counts.get(stem, 0)
                counts[stem] = number + 1
                name = f"{stem}_{number}" if number else stem
                unnamed.name = name if name not in given else None


def _from_within(layer: Layer) -> Iterator[Layer]:
    """Yield the layers inside this one, and then itself."""
    for inner in layer.wrapped:
        yield from _from_within(inner)
    yield layer


def snake_case(class_name: str) -> str:
    """Return Keras's snake case: Conv2D becomes conv2d, MaxPooling2D max_pooling2d."""
    name = re.sub(r"(.)([A-Z][a-z0-9]+)", r"\1_\2", class_name)
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower()
