"""How much work a step is, and into how many replicas it is worth dividing."""

from __future__ import annotations

from math import prod

from nncli.engine.model import Model
from nncli.engine.wiring import Node

_WORTH_A_THREAD = 4e6
"""Floating point operations that one numpy call should be, on average, in each of two threads:
some 50 us. With less, the threads wait for the interpreter's lock more than they work."""
_MOST = 4
"""Beyond it memory, not arithmetic, is what a step waits for."""


def choose_replicas(model: Model, batch_size: int, cores: int) -> int:
    """Return how many replicas a step of that many rows is worth, at most one a core."""
    work = sum(_operations(node) for node in model.nodes) * batch_size
    calls = sum(node.layer.sequential_calls for node in model.nodes if node.layer.parameter_count)
    grain = work / max(calls, 1)
    return int(max(1, min(cores, _MOST, batch_size, grain // _WORTH_A_THREAD)))


def _operations(node: Node) -> float:
    """Estimate one row's operations, forward and backward, from weights and where they are used."""
    layer = node.layer
    shapes = (*layer.input_shapes, *layer.output_shapes)
    positions = max((prod(shape[:-1]) for shape in shapes), default=1)
    return 6.0 * layer.parameter_count * positions
