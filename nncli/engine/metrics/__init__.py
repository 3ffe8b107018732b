"""One file a kind of metric. Importing this package fills `Metric.members`."""

from nncli.engine.metrics.accuracy import (
    Accuracy,
    BinaryAccuracy,
    CategoricalAccuracy,
    SparseCategoricalAccuracy,
)
from nncli.engine.metrics.base import MeanMetric, Metric
from nncli.engine.metrics.confusion import Auc, F1Score, Precision, Recall
from nncli.engine.metrics.regression import (
    MeanAbsoluteError,
    MeanSquaredError,
    R2Score,
    RootMeanSquaredError,
)

__all__ = [
    "Accuracy",
    "Auc",
    "BinaryAccuracy",
    "CategoricalAccuracy",
    "F1Score",
    "MeanAbsoluteError",
    "MeanMetric",
    "MeanSquaredError",
    "Metric",
    "Precision",
    "R2Score",
    "Recall",
    "RootMeanSquaredError",
    "SparseCategoricalAccuracy",
]
