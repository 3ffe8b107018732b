"""Dense networks of any size and rows for them, to see how time grows with the work."""

from __future__ import annotations

import numpy as np

from benchmarks.nncli_side.trainers import Rows
from nncli.engine.activations import Activation
from nncli.engine.layers import Dense
from nncli.engine.losses import Loss
from nncli.engine.model import Model
from nncli.engine.optimizers import Adam


def dense_net(features: int, widths: tuple[int, ...]) -> tuple[Model, Adam]:
    """Return a regression net with relu between, and its optimizer."""
    hidden = [Dense(units=width, activation=Activation.members["relu"]()) for width in widths]
    loss = Loss.members["mean_squared_error"]()
    return Model([*hidden, Dense(units=1)], input_shape=(features,), losses=[loss]), Adam()


def train_rows(rows: int, features: int) -> Rows:
    """Return rows of random numbers, and their sums as targets."""
    x = np.random.default_rng(0).standard_normal((rows, features), dtype=np.float32)
    return Rows((x,), (x.sum(axis=1, keepdims=True),))
