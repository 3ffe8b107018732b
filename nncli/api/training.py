"""train: check, prepare, train, and leave a run folder worth keeping."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from secrets import randbelow
from typing import Unpack

from threadpoolctl import threadpool_limits

from nncli.api.building import (
    build_model,
    check_inputs,
    has_input,
    read_training_table,
    target_encoding,
)
from nncli.api.initial_weights import load_initial
from nncli.api.last_layer import check_activation, check_all_outputs
from nncli.api.memory import check_memory
from nncli.api.metric_targets import check_metrics
from nncli.api.opening import open_run
from nncli.api.outputs import outputs_of
from nncli.api.session import TrainingOutcome, Watching, carry_out
from nncli.api.survey import surveying
from nncli.api.weighting import weighted_by_class
from nncli.config.loading import LoadedConfig
from nncli.config.schema import Config
from nncli.data.preparation import Prepared, TrainingTable
from nncli.data.sources.files import beside
from nncli.engine.model import Model
from nncli.engine.workload import choose_replicas
from nncli.errors import ConfigError
from nncli.runs.lock import locked
from nncli.training.adapting import adapt
from nncli.training.loop import Trainer


def train(
    loaded: LoadedConfig,
    *,
    runs_dir: Path,
    name: str | None = None,
    threads: int | None = None,
    **watching: Unpack[Watching],
) -> TrainingOutcome:
    """Train the network that the config describes.

    Arguments:
        loaded: the config with the places of its keys.
        runs_dir: the folder in which the run's folder is made.
        name: the run's name; by default the config's.
        threads: in how many threads replicas run; by default one each.
        watching: see session.py.

    Raises:
        ConfigError, DataError, ShapeError: nothing has been written.
        RunError: the run folder can't be made; nothing of it is left.
        TrainingError: the loss is not finite, or the disk is full; the run is marked as failed.
    """
    config = loaded.config
    seed = config.seed if config.seed is not None else randbelow(2**31)
    config = replace(config, seed=seed)
    with surveying(loaded), threadpool_limits(limits=1, user_api="blas"):
        model, prepared = prepare_training(config, loaded.directory)
        if config.replicas is None:
            cores = os.cpu_count() or 1
            config = replace(config, replicas=choose_replicas(model, config.batch_size, cores))
        check_memory(model, config, config.replicas or 1)
        trainer = make_trainer(config, model, prepared, threads)
        folder = open_run(
            loaded,
            config,
            model,
            prepared,
            runs_dir=runs_dir,
            name=name,
            trainer=trainer,
        )
        with locked(folder):
            return carry_out(folder, config, trainer, prepared, **watching)


def prepare_training(config: Config, directory: Path) -> tuple[Model, Prepared]:
    """Return the built model and the tables' rows, fitted to each other; the seed is drawn."""
    # Where the layers can be built without the table, their mistakes needn't wait for it.
    model = build_model(config, None, config.seed or 0) if has_input(config) else None
    return fit_to_table(config, directory, read_training_table(config, directory), model)


def fit_to_table(
    config: Config, directory: Path, table: TrainingTable, model: Model | None = None
) -> tuple[Model, Prepared]:
    """Return the built model and the table's rows, whose memory becomes theirs."""
    model = model or build_model(config, table.widths, config.seed or 0)
    check_inputs(config, table.widths)
    outputs, shapes, encodings = outputs_of(config), model.output_shapes, []
    for output, shape, target in zip(outputs, shapes, table.preprocessing.outputs, strict=True):
        check_activation(config, output, shape[-1])
        encodings.append(target_encoding(output.loss, target, shape[-1]))
    check_all_outputs(outputs, model, table.preprocessing.formed(encodings))
    prepared = table.prepared(encodings, shapes)
    check_metrics(config, model, prepared)
    adapt(model, prepared.train, config.batch_size)
    if config.initial_weights is not None:
        load_initial(model, beside(directory, config.initial_weights))
    return model, prepared


def make_trainer(config: Config, model: Model, prepared: Prepared, threads: int | None) -> Trainer:
    """Return what trains the model on the prepared rows as the config says."""
    trainer = Trainer(
        model,
        config.optimizer,
        config.metrics,
        train=weighted_by_class(config, prepared),
        validation=prepared.validation,
        undo=prepared.preprocessing.undo,
        batch_size=config.batch_size,
        shuffle=config.shuffle,
        seed=config.seed or 0,
        replicas=config.replicas or 1,
        threads=threads,
        callbacks=config.callbacks,
        cadence=config.checkpoint,
    )
    if problems := trainer.outlook.problems():
        raise ConfigError(problems)
    return trainer
