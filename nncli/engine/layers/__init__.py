"""One file a layer, or a family of close kin. Importing this package fills `Layer.members`."""

from nncli.engine.layers.activation import Activation
from nncli.engine.layers.average_pooling2d import AveragePooling2D
from nncli.engine.layers.base import Layer
from nncli.engine.layers.batch_normalization import BatchNormalization
from nncli.engine.layers.conv2d import Conv2D
from nncli.engine.layers.dense import Dense
from nncli.engine.layers.dropout import Dropout
from nncli.engine.layers.global_pooling2d import GlobalAveragePooling2D, GlobalMaxPooling2D
from nncli.engine.layers.input import Input
from nncli.engine.layers.max_pooling2d import MaxPooling2D
from nncli.engine.layers.rescaling import Rescaling
from nncli.engine.layers.reshape import Flatten, Reshape

__all__ = [
    "Activation",
    "AveragePooling2D",
    "BatchNormalization",
    "Conv2D",
    "Dense",
    "Dropout",
    "Flatten",
    "GlobalAveragePooling2D",
    "GlobalMaxPooling2D",
    "Input",
    "Layer",
    "MaxPooling2D",
    "Rescaling",
    "Reshape",
]
