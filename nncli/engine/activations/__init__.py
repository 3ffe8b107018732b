"""One file a kind of activation function; imported when a config names it, or on access."""

from typing import Any

from nncli.engine.activations.base import Activation

__all__ = ["Activation"]

Activation.members.place(
    __name__,
    {
        "celu": "exponentials",
        "elu": "exponentials",
        "exponential": "exponentials",
        "gelu": "gates",
        "hard_shrink": "shrinking",
        "hard_sigmoid": "rectifiers",
        "hard_silu": "rectifiers",
        "hard_tanh": "sparse",
        "leaky_relu": "rectifiers",
        "linear": "linear",
        "log_sigmoid": "exponentials",
        "log_softmax": "softmax",
        "mish": "gates",
        "relu": "linear",
        "relu6": "rectifiers",
        "selu": "exponentials",
        "sigmoid": "sigmoids",
        "silu": "gates",
        "soft_shrink": "shrinking",
        "softmax": "softmax",
        "softplus": "exponentials",
        "softsign": "exponentials",
        "sparse_plus": "sparse",
        "sparse_sigmoid": "sparse",
        "squareplus": "sparse",
        "tanh": "sigmoids",
        "tanh_shrink": "shrinking",
        "threshold": "shrinking",
    },
)


def __getattr__(name: str) -> Any:
    return Activation.members.by_class_name(name)
