"""The squares of gradients, of which many optimizers keep a mean, as Keras takes them.

On TensorFlow its Embedding hands optimizers a gradient for every lookup, and they are squared one
by one before they are added up: a word that occurs three times has g1² + g2² + g3². On JAX and
torch it has (g1 + g2 + g3)².
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nncli.engine.parameters import Parameters
from nncli.engine.types import Array


class Squares:
    """Squares the blocks in which an optimizer goes through the gradients.

    Arguments:
        parameters: which keep the squares of summed gradients, if they have any.
        blocks: of their gradients, from the first on; the arrays that will be squared.
    """

    def __init__(self, parameters: Parameters, blocks: Sequence[Array]) -> None:
        self._summed: dict[int, list[tuple[slice, Array]]] = {}
        if parameters.squares is None:
            return
        start = 0
        for block in blocks:
            stop = start + block.size
            for name, weight in parameters.weights.items():
                place = parameters.slices[name]
                first, last = max(start, place.start), min(stop, place.stop)
                if weight.summed and first < last:
                    part = slice(first - start, last - start), parameters.squares[first:last]
                    self._summed.setdefault(id(block), []).append(part)
            start = stop

    def of(self, gradients: Array, out: Array) -> None:
        """Write the squares of a block, for summed gradients those of what was summed."""
        np.multiply(gradients, gradients, out)
        for part, squares in self._summed.get(id(gradients), ()):
            np.copyto(out[part], squares)

    def scale(self, gradients: Array, factors: Array) -> None:
        """Multiply a block by factors, and so what was summed to it."""
        np.multiply(gradients, factors, gradients)
        for part, squares in self._summed.get(id(gradients), ()):
            np.multiply(squares, factors[part], squares)
            np.multiply(squares, factors[part], squares)
