"""The contract of an initializer: it is given a shape and a generator, and draws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nncli.engine.component import Component
from nncli.engine.types import Array, Shape

Generator = np.random.Generator


@dataclass(kw_only=True)
class Initializer(Component):
    """Draws the first values of a weight."""

    def draw(self, shape: Shape, generator: Generator) -> Array:
        """Return float64 values of the given shape."""
        raise NotImplementedError
