"""A first network for a table, and how to train it: what does reasonably on most.

The sizes were chosen on a dozen tables against scikit-learn's MLPClassifier and MLPRegressor.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from nncli.data.inspection.study import Task

Plain = dict[str, Any]

_STEPS_AN_EPOCH = 50
_SMALLEST_BATCH, _LARGEST_BATCH = 16, 256
_EASED = 0.5
"""The rate of the dropout before the last layer of a network for pictures."""


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """What is known of the work."""

    task: Task
    outputs: int
    """How many classes, or how many columns."""
    rows: int
    """How many there are to learn from."""
    picture: tuple[int, int, int] | None = None
    """Height, width and channels, where the features are pixels."""
    brightest: int = 1
    """What a white pixel is."""
    lopsided: bool = False
    """Whether one of two classes is rare."""
    validates: bool = True
    """Whether rows are held out to stop by."""

    @property
    def binary(self) -> bool:
        """Whether a single output tells two classes apart."""
        return self.task == "classes" and self.outputs == 2


def suggest(work: Assignment) -> Plain:
    """Return the config's keys from `layers` on."""
    patience = 10 if work.picture else 30 if work.rows < 1000 else 15
    stopping = {
        "type": "early_stopping",
        "monitor": "val_loss" if work.validates else "loss",
        "patience": patience,
        "restore_best_weights": True,
    }
    losses = {"values": "mean_squared_error", "labels": "binary_crossentropy"}
    size = batch_size(work.rows)
    classes = "binary_crossentropy" if work.binary else "sparse_categorical_crossentropy"
    return {
        "layers": [*(_looking(work) if work.picture else _dense(work)), _last(work)],
        "loss": losses.get(work.task, classes),
        "optimizer": {"type": "adam", "learning_rate": 0.001},
        "metrics": _metrics(work),
        "epochs": 40 if work.picture else 300,
        "batch_size": max(32, size) if work.picture else size,
        "callbacks": [stopping],
    }


def batch_size(rows: int) -> int:
    """Return a power of two that makes some fifty steps an epoch."""
    size = _SMALLEST_BATCH
    while size < _LARGEST_BATCH and size * _STEPS_AN_EPOCH * 2 <= rows:
        size *= 2
    return size


def _dense(work: Assignment) -> Iterator[Plain]:
    units = 32 if work.rows < 1000 else 64 if work.rows < 10_000 else 128
    for _ in range(2):
        yield {"type": "Dense", "units": units, "activation": "relu"}


def _looking(work: Assignment) -> Iterator[Plain]:
    """Yield the layers for pictures: twice a convolution and a pooling, as long as they shrink."""
    assert work.picture is not None
    yield {"type": "Reshape", "target_shape": list(work.picture)}
    if work.brightest > 1:
        yield {"type": "Rescaling", "scale": Fraction(1, work.brightest)}
    for filters in (32, 64):
        yield {
            "type": "Conv2D",
            "filters": filters,
            "kernel_size": 3,
            "padding": "same",
            "activation": "relu",
        }
        yield {"type": "MaxPooling2D", "pool_size": 2}
    yield {"type": "Flatten"}
    yield {"type": "Dropout", "rate": _EASED}


def _last(work: Assignment) -> Plain:
    last: Plain = {"type": "Dense", "units": 1 if work.binary else work.outputs}
    if work.task != "values":
        last["activation"] = "sigmoid" if work.binary or work.task == "labels" else "softmax"
    return last


def _metrics(work: Assignment) -> list[str]:
    if work.task == "values":
        return ["mean_absolute_error", "r2_score"]
    if not work.binary:
        return ["accuracy"]
    return ["accuracy", "auc", *(["precision", "recall"] if work.lopsided else [])]
