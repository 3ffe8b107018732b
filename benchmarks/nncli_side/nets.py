"""Dense networks of any size and rows for them, to see how time grows with the work."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nncli.engine.activations import Activation
from nncli.engine.layers import Dense
from nncli.engine.losses import Loss
from nncli.engine.model import Model
from nncli.engine.optimizers import Adam


@dataclass(frozen=True)
class Rows:
    """Arrays as the trainer wants them."""

    inputs: tuple[np.ndarray, ...]
    targets: tuple[np.ndarray, ...]

    def __len__(self) -> int:
        return len(self.inputs[0])


def dense_net(features: int, widths: tuple[int, ...]) -> tuple[Model, Adam]:
    """Return a regression net with relu between, and its optimizer."""
    hidden = [Dense(units=width, activation=Activation.members["relu"]()) for width in widths]
    loss = Loss.members["mean_squared_error"]()
    return Model([*hidden, Dense(units=1)], input_shape=(features,), losses=[loss]), Adam()


def train_rows(rows: int, features: int) -> Rows:
    """Return rows of random numbers, and their sums as targets."""
    x = np.random.default_rng(0).standard_normal((rows, features), dtype=np.float32)
    return Rows((x,), (x.sum(axis=1, keepdims=True),))
