"""The two types that every signature of the engine is made of."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]
Arrays = tuple[Array, ...]
Shape = tuple[int, ...]
"""A shape without the batch axis."""
