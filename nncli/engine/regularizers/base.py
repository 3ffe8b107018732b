"""The contract of a regularizer: a penalty that is added to the loss, and its gradient.

Names, defaults and formulas of the members are keras.regularizers'.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import ClassVar

from nncli.engine.component import Component, require
from nncli.engine.types import Array, Shape


@dataclass(kw_only=True)
class Regularizer(Component):
    """Base of all regularizers."""

    of_single_values: ClassVar[bool] = False
    """Whether penalties of some rows add up to the penalty of all, as outputs must have it."""

    def build(self, name: str, shape: Shape) -> None:
        """Get ready for the weights of that name and shape.

        Raises:
            ShapeError: if they have no shape for it.
        """

    def penalty(self, values: Array, scratch: Array) -> float:
        """Return what the values add to the loss; `scratch` is overwritten."""
        raise NotImplementedError

    def add_gradient(self, values: Array, gradient: Array, share: float, scratch: Array) -> None:
        """Add the gradient of `share` times the penalty."""
        raise NotImplementedError


def require_strength(name: str, value: float) -> None:
    """Refuse strengths that are negative or not finite."""
    require(isfinite(value) and value >= 0, f"{name} must not be negative, got {value}")
