"""Input: says what the rows look like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from nncli.engine.component import require
from nncli.engine.layers.base import Layer
from nncli.engine.types import Shape


@dataclass(kw_only=True)
class Input(Layer):
    """Where rows enter the network.

    May be left out at the start of a list: the table then says how many columns there are.

    Output shape: `(rows, *shape)`.
    """

    type: Literal["Input"] = "Input"
    shape: tuple[int, ...]
    """The shape of one row, as `[20]` for twenty columns."""
    dtype: Literal["float32", "int32"] = "float32"
    """`int32` for token ids and categories; `float32` stands for the model's own precision."""

    def check(self) -> None:
        """Refuse sizes below one."""
        require(
            all(size >= 1 for size in self.shape),
            f"shape must hold sizes of at least 1, got {list(self.shape)}",
        )

    @property
    def output_dtype(self) -> Any:
        """Integers stay integers."""
        return np.int32 if self.dtype == "int32" else None

    def build(self, input_shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
        """Return the shape it was given."""
        return (self.shape,)
