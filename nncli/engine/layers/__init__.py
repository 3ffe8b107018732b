"""One file a layer, or a family of close kin; imported when a config names it, or on access."""

from typing import Any

from nncli.engine.layers.base import Layer

__all__ = ["Layer"]

Layer.members.place(
    __name__,
    {
        "Activation": "activation",
        "ActivityRegularization": "activity_regularization",
        "Add": "merging",
        "AlphaDropout": "dropout",
        "Average": "merging",
        "AveragePooling2D": "average_pooling2d",
        "BatchNormalization": "batch_normalization",
        "Bidirectional": "bidirectional",
        "Concatenate": "concatenate",
        "Conv2D": "conv2d",
        "Dense": "dense",
        "Dot": "dot",
        "Dropout": "dropout",
        "ELU": "rectifiers",
        "Embedding": "embedding",
        "Flatten": "reshape",
        "GRU": "gru",
        "GaussianDropout": "gaussian",
        "GaussianNoise": "gaussian",
        "GlobalAveragePooling2D": "global_pooling2d",
        "GlobalMaxPooling2D": "global_pooling2d",
        "GroupNormalization": "row_normalizations",
        "Identity": "reshape",
        "Input": "input",
        "LSTM": "lstm",
        "LayerNormalization": "row_normalizations",
        "LeakyReLU": "rectifiers",
        "Masking": "masking",
        "MaxPooling2D": "max_pooling2d",
        "Maximum": "extrema",
        "Minimum": "extrema",
        "Multiply": "merging",
        "Normalization": "normalization",
        "PReLU": "prelu",
        "Permute": "permute",
        "ReLU": "rectifiers",
        "RepeatVector": "permute",
        "Rescaling": "rescaling",
        "Reshape": "reshape",
        "SimpleRNN": "simple_rnn",
        "Softmax": "softmax",
        "SpatialDropout1D": "dropout",
        "SpatialDropout2D": "dropout",
        "Subtract": "merging",
        "TimeDistributed": "time_distributed",
        "UnitNormalization": "unit_normalization",
    },
)


def __getattr__(name: str) -> Any:
    return Layer.members.by_class_name(name)
