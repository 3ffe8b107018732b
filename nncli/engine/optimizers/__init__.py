"""One file a kind of optimizer; imported when a config names it, or on access."""

from typing import Any

from nncli.engine.optimizers.base import Optimizer

__all__ = ["Optimizer"]

Optimizer.members.place(
    __name__,
    {
        "adadelta": "adadelta",
        "adagrad": "adagrad",
        "adam": "adam",
        "adamax": "adamax",
        "adamw": "adam",
        "ftrl": "ftrl",
        "lion": "lion",
        "nadam": "nadam",
        "rmsprop": "rmsprop",
        "sgd": "sgd",
    },
)


def __getattr__(name: str) -> Any:
    return Optimizer.members.by_class_name(name)
