"""One file a layer, or a family of close kin. Importing this package fills `Layer.members`."""

from nncli.engine.layers.activation import Activation
from nncli.engine.layers.average_pooling2d import AveragePooling2D
from nncli.engine.layers.base import Layer
from nncli.engine.layers.batch_normalization import BatchNormalization
from nncli.engine.layers.bidirectional import Bidirectional
from nncli.engine.layers.concatenate import Concatenate
from nncli.engine.layers.conv2d import Conv2D
from nncli.engine.layers.dense import Dense
from nncli.engine.layers.dropout import Dropout
from nncli.engine.layers.embedding import Embedding
from nncli.engine.layers.extrema import Maximum, Minimum
from nncli.engine.layers.global_pooling2d import GlobalAveragePooling2D, GlobalMaxPooling2D
from nncli.engine.layers.gru import GRU
from nncli.engine.layers.input import Input
from nncli.engine.layers.lstm import LSTM
from nncli.engine.layers.masking import Masking
from nncli.engine.layers.max_pooling2d import MaxPooling2D
from nncli.engine.layers.merging import Add, Average, Multiply, Subtract
from nncli.engine.layers.rescaling import Rescaling
from nncli.engine.layers.reshape import Flatten, Reshape
from nncli.engine.layers.simple_rnn import SimpleRNN
from nncli.engine.layers.time_distributed import TimeDistributed

__all__ = [
    "GRU",
    "LSTM",
    "Activation",
    "Add",
    "Average",
    "AveragePooling2D",
    "BatchNormalization",
    "Bidirectional",
    "Concatenate",
    "Conv2D",
    "Dense",
    "Dropout",
    "Embedding",
    "Flatten",
    "GlobalAveragePooling2D",
    "GlobalMaxPooling2D",
    "Input",
    "Layer",
    "Masking",
    "MaxPooling2D",
    "Maximum",
    "Minimum",
    "Multiply",
    "Rescaling",
    "Reshape",
    "SimpleRNN",
    "Subtract",
    "TimeDistributed",
]
