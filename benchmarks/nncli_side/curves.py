"""Seconds an epoch as one thing grows: the rows, the width, the depth, the batch."""

from __future__ import annotations

import json
from statistics import median

from threadpoolctl import threadpool_limits

from benchmarks.nncli_side.fitting import Clock
from benchmarks.nncli_side.nets import dense_net, train_rows
from benchmarks.nncli_side.trainers import make_trainer
from nncli.training.loop import Trainer

FEATURES = 20
ROWS = [10**3, 3 * 10**3, 10**4, 3 * 10**4, 10**5, 3 * 10**5, 10**6]
WIDTHS = [2**n for n in range(4, 13)]
DEPTHS = [2**n for n in range(7)]
BATCHES = [2**n for n in range(14)]


class Enough(Clock):
    """Ends the training after about a second, but not before four epochs."""

    def on_train_begin(self, trainer: Trainer) -> None:
        super().on_train_begin(trainer)
        self.trainer = trainer

    def on_epoch_end(self, epoch: int, values: dict[str, float]) -> None:
        super().on_epoch_end(epoch, values)
        if epoch >= 4 and sum(self.seconds) > 1:
            self.trainer.stop("that is enough")


def seconds_an_epoch(rows: int, widths: tuple[int, ...], batch: int) -> float:
    """Train; return the median epoch but the first."""
    model, optimizer = dense_net(FEATURES, widths)
    clock = Enough()
    make_trainer(model, optimizer, train_rows(rows, FEATURES), batch, clock).fit(1_000_000)
    return median(clock.seconds[1:])


def measure() -> dict[str, dict[int, float]]:
    return {
        "rows": {rows: seconds_an_epoch(rows, (64, 64), 128) for rows in ROWS},
        "width": {width: seconds_an_epoch(1000, (width, width), 128) for width in WIDTHS},
        "depth": {depth: seconds_an_epoch(1000, (64,) * depth, 128) for depth in DEPTHS},
        "batch": {batch: seconds_an_epoch(8192, (64, 64), batch) for batch in BATCHES},
    }


if __name__ == "__main__":
    with threadpool_limits(limits=1, user_api="blas"):
        print(json.dumps({"curves": measure()}))
