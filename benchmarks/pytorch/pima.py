"""Pima: a small net over small batches."""

from benchmarks.pytorch.fitting import fit
from torch import nn

fit(
    "pima",
    nn.Sequential(
        nn.Linear(8, 10),
        nn.ReLU(),
        nn.Linear(10, 8),
        nn.ReLU(),
        nn.Linear(8, 8),
        nn.ReLU(),
        nn.Linear(8, 1),
    ),
    nn.BCEWithLogitsLoss(),
)
