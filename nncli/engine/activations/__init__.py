"""Activation functions. Importing this package fills `Activation.members`."""

from nncli.engine.activations.base import Activation, Elementwise, sigmoid
from nncli.engine.activations.exponentials import (
    Celu,
    Elu,
    Exponential,
    LogSigmoid,
    Selu,
    Softplus,
    Softsign,
)
from nncli.engine.activations.rectifiers import (
    BoundedRelu,
    HardSigmoid,
    HardSilu,
    LeakyRelu,
    Linear,
    Relu,
    Relu6,
)
from nncli.engine.activations.sigmoids import Gelu, Mish, Sigmoid, Silu, Tanh
from nncli.engine.activations.softmax import LogSoftmax, Softmax, softmax, softmax_gradient

__all__ = [
    "Activation",
    "BoundedRelu",
    "Celu",
    "Elementwise",
    "Elu",
    "Exponential",
    "Gelu",
    "HardSigmoid",
    "HardSilu",
    "LeakyRelu",
    "Linear",
    "LogSigmoid",
    "LogSoftmax",
    "Mish",
    "Relu",
    "Relu6",
    "Selu",
    "Sigmoid",
    "Silu",
    "Softmax",
    "Softplus",
    "Softsign",
    "Tanh",
    "sigmoid",
    "softmax",
    "softmax_gradient",
]
