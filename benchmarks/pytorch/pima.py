"""Pima: a small net over small batches."""

from torch import nn

from benchmarks.pytorch.fitting import fit

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
