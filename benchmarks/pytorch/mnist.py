"""784-128-64-10."""

from benchmarks.pytorch.fitting import fit
from torch import nn

fit(
    "mnist",
    nn.Sequential(
        nn.Linear(784, 128),
        nn.ReLU(),
        nn.Linear(128, 64),
        nn.ReLU(),
        nn.Linear(64, 10),
    ),
    nn.CrossEntropyLoss(),
)
