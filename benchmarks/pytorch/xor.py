"""XOR."""

from torch import nn

from benchmarks.pytorch.fitting import fit

fit(
    "xor",
    nn.Sequential(
        nn.Linear(2, 16),
        nn.ReLU(),
        nn.Linear(16, 1),
        nn.Sigmoid(),
    ),
    nn.MSELoss(),
)
