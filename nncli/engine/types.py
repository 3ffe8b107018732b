"""The types that every signature of the engine is made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]
Arrays = tuple[Array, ...]
Shape = tuple[int, ...]
"""A shape without the batch axis."""
Call = tuple[Callable[..., Any], tuple[Any, ...]]
"""A function and its arguments: what is worked out once, to be run in every step."""
