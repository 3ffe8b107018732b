"""summary: the network of a config or of a run, built but not trained."""

from __future__ import annotations

import os
from dataclasses import dataclass

from nncli.api.building import build_model, has_input, read_training_table
from nncli.api.memory import training_memory
from nncli.api.restoring import load_config
from nncli.api.survey import surveying
from nncli.config.loading import LoadedConfig
from nncli.engine.model import Model
from nncli.engine.workload import choose_replicas
from nncli.errors import ConfigError
from nncli.runs.folder import RunFolder


@dataclass(frozen=True)
class Summary:
    """A network, and what training it takes."""

    model: Model
    batch_size: int
    memory: int
    """Bytes, for weights and buffers; the table not counted."""


def summarize_config(loaded: LoadedConfig) -> Summary:
    """Return the config's network.

    A table is opened only where no Input says what a row looks like.

    Raises:
        ConfigError: there is neither an Input nor a table, or the layers don't fit.
        DataError: the table can't be opened.
    """
    config = loaded.config
    model = _network(loaded)
    replicas = config.replicas or choose_replicas(model, config.batch_size, os.cpu_count() or 1)
    return Summary(model, config.batch_size, training_memory(model, config, replicas))


def summarize_run(run: RunFolder) -> Summary:
    """Return the network of a run.

    Raises:
        RunError: its config is missing or damaged.
    """
    return summarize_config(load_config(run))


def _network(loaded: LoadedConfig) -> Model:
    config = loaded.config
    with surveying(loaded):
        if has_input(config):
            return build_model(config, None, seed=0)
        if config.data is None:
            raise ConfigError.at(
                ("layers",),
                "the shape of a row is not known: there is neither an Input layer nor data",
                "begin the layers with {type: Input, shape: [20]}",
            )
        table = read_training_table(config, loaded.directory)
        return build_model(config, table.widths, seed=0)
