"""One file a kind of initializer; imported when a config names it, or on access."""

from typing import Any

from nncli.engine.initializers.base import Initializer

__all__ = ["Initializer"]

Initializer.members.place(
    __name__,
    {
        "constant": "fixed",
        "glorot_normal": "scaling",
        "glorot_uniform": "scaling",
        "he_normal": "scaling",
        "he_uniform": "scaling",
        "identity": "fixed",
        "lecun_normal": "scaling",
        "lecun_uniform": "scaling",
        "ones": "fixed",
        "orthogonal": "orthogonal",
        "random_normal": "distributions",
        "random_uniform": "distributions",
        "truncated_normal": "distributions",
        "variance_scaling": "scaling",
        "zeros": "fixed",
    },
)


def __getattr__(name: str) -> Any:
    return Initializer.members.by_class_name(name)
