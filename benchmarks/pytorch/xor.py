"""XOR."""

from benchmarks.pytorch.fitting import fit
from torch import nn

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
