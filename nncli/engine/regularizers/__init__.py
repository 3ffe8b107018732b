"""What keeps weights or outputs small; imported when a config names it, or on access."""

from typing import Any

from nncli.engine.regularizers.base import Regularizer

__all__ = ["Regularizer"]

Regularizer.members.place(
    __name__,
    {
        "l1": "sums",
        "l1_l2": "sums",
        "l2": "sums",
        "orthogonal_regularizer": "orthogonal",
    },
)


def __getattr__(name: str) -> Any:
    return Regularizer.members.by_class_name(name)
