"""train: check, prepare, train, and leave a run folder worth keeping."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import randbelow
from time import perf_counter
from typing import Any

from threadpoolctl import threadpool_limits

from nncli.api.building import (
    build_model,
    check_inputs,
    has_input,
    read_training_table,
    target_encoding,
)
from nncli.api.interrupts import interruptible
from nncli.api.last_layer import check_activation, check_outputs
from nncli.api.memory import check_memory
from nncli.api.opening import open_run
from nncli.api.recording import Recorder
from nncli.config.loading import LoadedConfig
from nncli.config.schema import Config
from nncli.data.preparation import Prepared
from nncli.engine.model import Model
from nncli.engine.workload import choose_replicas
from nncli.errors import ConfigError, RunError, TrainingError
from nncli.reporting.profile import profile_text
from nncli.runs.folder import RunFolder
from nncli.runs.record import end
from nncli.runs.store import write_json, write_text
from nncli.training.adapting import adapt
from nncli.training.baseline import baseline_scores
from nncli.training.history import History
from nncli.training.loop import Trainer
from nncli.training.observer import Observer, Observers
from nncli.training.profiling import profile


@dataclass(frozen=True, kw_only=True)
class TrainingOutcome:
    """What a training has come to."""

    run: RunFolder
    config: Config
    history: History
    results: Mapping[str, Any]
    """The contents of results.json."""
    stop_reason: str | None
    """Why it ended before its time, if it did."""
    interrupted: bool
    monitor: str
    """The column that chose the best epoch."""
    directions: Mapping[str, str]
    """Of each column, whether more ("up") or less ("down") is better."""
    seconds: float
    """How long the training itself took."""


def train(
    loaded: LoadedConfig,
    *,
    runs_dir: Path,
    name: str | None = None,
    observer: Observer | None = None,
    max_seconds: float | None = None,
    threads: int | None = None,
    plots: bool = True,
    profiled: bool = False,
) -> TrainingOutcome:
    """Train the network that the config describes.

    Arguments:
        loaded: the config with the places of its keys.
        runs_dir: the folder in which the run's folder is made.
        name: the run's name; by default the config's.
        observer: told what happens.
        max_seconds: training ends after so long, as if interrupted, but finished.
        threads: in how many threads replicas run; by default one each.
        plots: whether pictures are drawn.
        profiled: whether the time of every layer is measured, for profile.txt.

    Raises:
        ConfigError, DataError, ShapeError: nothing has been written.
        RunError: the run folder can't be made; nothing of it is left.
        TrainingError: the loss is not finite, or the disk is full; the run is marked as failed.
    """
    config = loaded.config
    seed = config.seed if config.seed is not None else randbelow(2**31)
    config = replace(config, seed=seed)
    with loaded.locating(), threadpool_limits(limits=1, user_api="blas"):
        model, prepared = prepare_training(config, loaded.directory)
        if config.replicas is None:
            cores = os.cpu_count() or 1
            config = replace(config, replicas=choose_replicas(model, config.batch_size, cores))
        check_memory(model, config, config.replicas or 1)
        trainer = make_trainer(config, model, prepared, threads)
        seconds = profile(trainer) if profiled else None
        folder = open_run(
            loaded,
            config,
            model,
            prepared,
            runs_dir=runs_dir,
            name=name,
            threads=trainer.stepper.threads,
        )
        recorder = Recorder(folder)
        trainer.observer = Observers(recorder, observer or Observer())
        started = perf_counter()
        try:
            with interruptible(trainer):
                trainer.fit(config.epochs, max_seconds=max_seconds)
                interrupted = trainer.interrupted  # a Ctrl-C from here on changes nothing
                facts = _ending(trainer, started)
                recorder.save_weights()
                results = _results(trainer, config, prepared)
                write_json(folder.results, results)
                if seconds is not None:
                    steps = max(1, trainer.optimizer.iterations)
                    write_text(folder.profile, profile_text(seconds, steps) + "\n")
                end(folder.record, "interrupted" if interrupted else "finished", facts)
        except (TrainingError, RunError) as error:
            kept = recorder.salvage(str(error), _ending(trainer, started))
            raise TrainingError(f"{error}\n{kept}") from None
        except BaseException as error:
            recorder.mark_failed(repr(error), _ending(trainer, started))
            raise
        if plots:  # the run has ended well by now, whatever becomes of its pictures
            _draw(folder, trainer, prepared)
    return TrainingOutcome(
        run=folder,
        config=config,
        history=trainer.history,
        results=results,
        stop_reason=trainer.stop_reason,
        interrupted=interrupted,
        monitor=trainer.monitor,
        directions=trainer.directions,
        seconds=facts["seconds"],
    )


def prepare_training(config: Config, directory: Path) -> tuple[Model, Prepared]:
    """Return the built model and the tables' rows, fitted to each other; the seed is drawn."""
    seed = config.seed or 0
    # Where the layers can be built without the table, their mistakes needn't wait for it.
    model = build_model(config, None, seed) if has_input(config) else None
    table = read_training_table(config, directory)
    model = model or build_model(config, table.widths, seed)
    check_inputs(config, table.widths)
    outputs = model.output_shapes[0][-1]
    check_activation(config, outputs)
    encoding = target_encoding(config, table.preprocessing.outputs[0], outputs)
    prepared = table.prepared([encoding])
    check_outputs(model, prepared.preprocessing, len(config.layers) - 1)
    adapt(model, prepared.train, config.batch_size)
    return model, prepared


def make_trainer(config: Config, model: Model, prepared: Prepared, threads: int | None) -> Trainer:
    """Return what trains the model on the prepared rows as the config says."""
    trainer = Trainer(
        model,
        config.optimizer,
        config.metrics,
        train=prepared.train,
        validation=prepared.validation,
        batch_size=config.batch_size,
        shuffle=config.shuffle,
        seed=config.seed or 0,
        replicas=config.replicas or 1,
        threads=threads,
        callbacks=config.callbacks,
    )
    for position, callback in enumerate(config.callbacks):
        try:
            callback.check_trainer(trainer)
        except ValueError as error:
            field, _, message = str(error).partition(" ")
            raise ConfigError.at(("callbacks", position, field), message) from None
    return trainer


def _ending(trainer: Trainer, started: float) -> dict[str, Any]:
    return {
        "seconds": round(perf_counter() - started, 6),
        "epochs": trainer.history.epochs,
        "best_epoch": trainer.best_epoch or None,
        "stopped": trainer.stop_reason,
    }


def _results(trainer: Trainer, config: Config, prepared: Prepared) -> dict[str, Any]:
    """Score the weights that evaluate and predict will take: best where there was validation."""
    weights = trainer.chosen
    with trainer.using(weights):
        scores = {
            name: trainer.scorer.evaluate(rows, config.batch_size)
            for name, rows in prepared.splits.items()
        }
    baseline = {
        name: baseline_scores(
            config.loss,
            trainer.scorer.metrics,
            trainer.model.output_shapes[0],
            prepared.train,
            rows,
        )
        for name, rows in prepared.splits.items()
    }
    return {
        **scores,
        "baseline": baseline,
        "weights": weights,
        "weights_epoch": trainer.best_epoch if weights == "best" else trainer.weights_epoch,
        "best_epoch": trainer.best_epoch or None,
    }


def _draw(folder: RunFolder, trainer: Trainer, prepared: Prepared) -> None:
    from nncli.api.pictures import draw_run  # matplotlib takes half a second to import

    try:
        with interruptible(trainer):
            draw_run(folder, trainer, prepared)
    except OSError as error:
        reason = error.strerror or error
        raise TrainingError(
            f"the run {folder.path} is complete but for its pictures: can't write {folder.plots}: "
            f"{reason}; leave them out with --no-plots"
        ) from None
