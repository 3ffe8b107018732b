"""What all Keras scripts share: compile, fit, and print what each epoch took."""

from __future__ import annotations

import json
import os
from time import perf_counter

from keras import Sequential, layers
from keras.callbacks import Callback

from benchmarks.workloads import WORKLOADS


class Clock(Callback):
    """Notes how long each epoch takes."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds: list[float] = []

    def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:
        self.started = perf_counter()

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        self.seconds.append(perf_counter() - self.started)


def fit(name: str, network: list[layers.Layer], loss: str) -> None:
    workload = WORKLOADS[name]
    x, y = workload.load()
    model = Sequential(network)
    at_once = int(os.environ.get("STEPS_PER_EXECUTION", "1"))
    model.compile(optimizer="adam", loss=loss, steps_per_execution=at_once)
    clock = Clock()
    history = model.fit(
        x,
        y,
        epochs=workload.epochs,
        batch_size=workload.batch_size,
        verbose=0,
        callbacks=[clock],
    )
    print(json.dumps({"seconds": clock.seconds, "result": history.history["loss"][-1]}))
