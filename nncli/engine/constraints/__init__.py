"""What weights are held to after every step; imported when a config names it, or on access."""

from typing import Any

from nncli.engine.constraints.base import Constraint

__all__ = ["Constraint"]

Constraint.members.place(
    __name__,
    {
        "max_norm": "norms",
        "min_max_norm": "norms",
        "non_neg": "non_neg",
        "unit_norm": "norms",
    },
)


def __getattr__(name: str) -> Any:
    return Constraint.members.by_class_name(name)
