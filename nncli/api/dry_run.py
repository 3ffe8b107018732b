"""train --dry-run: a few batches of every stage, to see that they go through; writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from threadpoolctl import threadpool_limits

from nncli.api.memory import check_memory
from nncli.api.survey import surveying
from nncli.api.training import make_trainer, prepare_training
from nncli.config.loading import LoadedConfig
from nncli.data.loading import Dataset

Scores = Mapping[str, float]


def dry_run(loaded: LoadedConfig, batches: int) -> dict[str, Scores]:
    """Train on a few batches, and return the scores of a few of each split.

    Raises:
        NncliError: whatever a training would meet so far.
    """
    config = replace(loaded.config, seed=loaded.config.seed or 0, replicas=1, epochs=1)

    def few(rows: Dataset | None) -> Dataset | None:
        return rows and rows.take(np.arange(min(len(rows), batches * config.batch_size)))

    with surveying(loaded), threadpool_limits(limits=1, user_api="blas"):
        model, prepared = prepare_training(config, loaded.directory)
        check_memory(model, config, 1)
        some = replace(
            prepared,
            train=few(prepared.train) or prepared.train,
            validation=few(prepared.validation),
            test=few(prepared.test),
        )
        trainer = make_trainer(config, model, some, threads=1)
        trainer.fit(1)
        return {
            name: trainer.scorer.evaluate(rows, config.batch_size)
            for name, rows in some.splits.items()
        }
