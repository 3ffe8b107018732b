"""Two convolutions, each with a pool."""

from torch import nn

from benchmarks.pytorch.fitting import fit

fit(
    "cnn",
    nn.Sequential(
        nn.Conv2d(1, 32, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(1600, 128),
        nn.ReLU(),
        nn.Dropout(0.5),
        nn.Linear(128, 10),
    ),
    nn.CrossEntropyLoss(),
    pictures=True,
)
