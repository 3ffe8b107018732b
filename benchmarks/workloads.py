"""What every side trains on: the arrays, the epochs and the batch of each workload, said once.

Only numpy and the standard library are needed, so that any environment can read this.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

TABLES = Path(__file__).parents[1] / "configs" / "data"


@dataclass(frozen=True)
class Workload:
    """Inputs float32; targets float32 (rows, 1) for two classes, int64 (rows,) for more."""

    load: Callable[[], tuple[np.ndarray, np.ndarray]]
    epochs: int
    batch_size: int


def _xor() -> tuple[np.ndarray, np.ndarray]:
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], np.float32)
    return x, np.array([[0], [1], [1], [0]], np.float32)


def _pima() -> tuple[np.ndarray, np.ndarray]:
    table = np.loadtxt(TABLES / "pima-indians-diabetes.csv", delimiter=",", dtype=np.float32)
    x, y = table[:, :-1], table[:, -1:]
    return np.ascontiguousarray((x - x.mean(axis=0)) / x.std(axis=0)), y


def digits() -> np.ndarray:
    """Return 1,000 rows of a label and 784 pixels, 0 to 255."""
    return np.loadtxt(TABLES / "mnist_1000.csv.gz", delimiter=",", dtype=np.float32, skiprows=1)


def noisy_digits(rows: int) -> np.ndarray:
    """Return so many rows like `digits`: drawn from them with replacement, each with fresh noise.

    Whole numbers from 0 to 255, as in the table.
    """
    random = np.random.default_rng(0)
    table = digits()[random.integers(1000, size=rows)]
    table[:, 1:] += 20 * random.standard_normal((rows, 784), dtype=np.float32)
    table[:, 1:] = table[:, 1:].clip(0, 255).round()
    return table


def _pixels(load: Callable[[], np.ndarray], *shape: int) -> tuple[np.ndarray, np.ndarray]:
    table = load()
    return (table[:, 1:] / 255).reshape(-1, *shape), table[:, 0].astype(np.int64)


def _sequences() -> tuple[np.ndarray, np.ndarray]:
    """Four kinds of series, each a course of its own under much noise: 32 steps of 16 values."""
    random = np.random.default_rng(0)
    courses = random.standard_normal((4, 32, 16), dtype=np.float32)
    y = random.integers(4, size=2048)
    return 0.25 * courses[y] + random.standard_normal((2048, 32, 16), dtype=np.float32), y


_wide = partial(_pixels, partial(noisy_digits, 60_000), 784)
_images = partial(_pixels, partial(noisy_digits, 5_000), 28, 28, 1)

WORKLOADS = {
    "xor": Workload(_xor, epochs=500, batch_size=32),
    "pima": Workload(_pima, epochs=20, batch_size=10),
    "mnist": Workload(partial(_pixels, lambda: digits()[:800], 784), epochs=100, batch_size=256),
    "wide": Workload(_wide, epochs=4, batch_size=128),
    "cnn": Workload(_images, epochs=5, batch_size=128),
    "cnn_norm": Workload(_images, epochs=5, batch_size=128),
    "lstm": Workload(_sequences, epochs=10, batch_size=64),
    "gru": Workload(_sequences, epochs=10, batch_size=64),
}
