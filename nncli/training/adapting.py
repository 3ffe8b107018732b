"""Fits layers to the training rows before training, as Keras's `adapt` does."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nncli.engine.layers.base import Layer
from nncli.engine.model import Model
from nncli.engine.types import Array
from nncli.training.dataset import Rows


def adapt(model: Model, rows: Rows, batch_size: int) -> None:
    """Fit each layer that adapts to what reaches it, from the first to the last.

    One behind layers that are trained later sees what these make of the rows at the start.
    """
    for node in model.nodes:
        if node.layer.adapts:
            node.layer.adapt(_reaching(node.layer, model, rows, batch_size))


def _reaching(layer: Layer, model: Model, rows: Rows, batch_size: int) -> Iterator[Array]:
    """Yield what reaches the layer, batch by batch, in memory that the next batch reuses."""
    for start in range(0, len(rows), batch_size):
        part = slice(start, min(start + batch_size, len(rows)))
        plan = model.plan(part.stop - part.start, training=False)
        for array, values in zip(plan.inputs, rows.inputs, strict=True):
            np.copyto(array, values[part])
        yield plan.inputs_of(layer)[0]
