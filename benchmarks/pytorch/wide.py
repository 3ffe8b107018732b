"""784-512-512-10 with dropout."""

from torch import nn

from benchmarks.pytorch.fitting import fit

fit(
    "wide",
    nn.Sequential(
        nn.Linear(784, 512),
        nn.ReLU(),
        nn.Dropout(0.2),
        nn.Linear(512, 512),
        nn.ReLU(),
        nn.Dropout(0.2),
        nn.Linear(512, 10),
    ),
    nn.CrossEntropyLoss(),
)
