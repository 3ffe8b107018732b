"""An exponential moving average of the weights, which forgets the noise of single steps."""

from __future__ import annotations

import numpy as np

from nncli.engine.types import Array


def follow(average: Array, values: Array, momentum: float, scratch: Array) -> None:
    """average = momentum * average + (1 - momentum) * values, as much at once as scratch holds."""
    for start in range(0, values.size, scratch.size):
        part = slice(start, start + scratch.size)
        old, new = average[part], scratch[: values.size - start]
        np.multiply(values[part], 1.0 - momentum, new)
        np.multiply(old, momentum, old)
        np.add(old, new, old)
