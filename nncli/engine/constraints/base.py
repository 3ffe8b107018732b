"""The contract of a constraint: what weights are held to after every step.

Names, defaults and formulas of the members are keras.constraints'.
"""

from __future__ import annotations

from dataclasses import dataclass

from nncli.engine.component import Component
from nncli.engine.types import Array, Shape


@dataclass(kw_only=True)
class Constraint(Component):
    """Base of all constraints."""

    def build(self, name: str, shape: Shape) -> None:
        """Get ready for the weights of that name and shape.

        Raises:
            ShapeError: if they have no shape for it.
        """

    def apply(self, values: Array) -> None:
        """Change the weights so that they meet the constraint."""
        raise NotImplementedError
