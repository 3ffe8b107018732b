"""Activation functions. Importing this package fills `Activation.members`."""

from nncli.engine.activations.base import Activation, sigmoid
from nncli.engine.activations.from_inputs import Elu, Gelu, LeakyRelu, Silu, Softplus
from nncli.engine.activations.from_outputs import Linear, Relu, Sigmoid, Softmax, Tanh

__all__ = [
    "Activation",
    "Elu",
    "Gelu",
    "LeakyRelu",
    "Linear",
    "Relu",
    "Sigmoid",
    "Silu",
    "Softmax",
    "Softplus",
    "Tanh",
    "sigmoid",
]
