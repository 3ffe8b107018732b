"""784-128-64-10."""

from torch import nn

from benchmarks.pytorch.fitting import fit

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
