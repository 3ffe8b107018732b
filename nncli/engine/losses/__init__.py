"""One file a kind of loss. Importing this package fills `Loss.members`."""

from nncli.engine.losses.base import Loss
from nncli.engine.losses.crossentropy import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    SparseCategoricalCrossentropy,
)
from nncli.engine.losses.focal import BinaryFocalCrossentropy, CategoricalFocalCrossentropy
from nncli.engine.losses.hinge import CategoricalHinge, Hinge, SquaredHinge
from nncli.engine.losses.regression import Huber, LogCosh, MeanAbsoluteError, MeanSquaredError
from nncli.engine.losses.relative import (
    CosineSimilarity,
    KLDivergence,
    MeanAbsolutePercentageError,
    MeanSquaredLogarithmicError,
    Poisson,
)

__all__ = [
    "BinaryCrossentropy",
    "BinaryFocalCrossentropy",
    "CategoricalCrossentropy",
    "CategoricalFocalCrossentropy",
    "CategoricalHinge",
    "CosineSimilarity",
    "Hinge",
    "Huber",
    "KLDivergence",
    "LogCosh",
    "Loss",
    "MeanAbsoluteError",
    "MeanAbsolutePercentageError",
    "MeanSquaredError",
    "MeanSquaredLogarithmicError",
    "Poisson",
    "SparseCategoricalCrossentropy",
    "SquaredHinge",
]
