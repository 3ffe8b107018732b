"""summary: the network of a config or of a run, built but not trained."""

from __future__ import annotations

from nncli.api.building import build_model, count_features
from nncli.config.loading import LoadedConfig, load
from nncli.engine.layers import Input
from nncli.engine.model import Model
from nncli.errors import ConfigError
from nncli.runs.folder import RunFolder


def summarize_config(loaded: LoadedConfig) -> Model:
    """Return the config's network. A table is opened only where no Input says what rows look like.

    Raises:
        ConfigError: there is neither an Input nor a table, or the layers don't fit.
        DataError: the table can't be opened.
    """
    config = loaded.config
    with loaded.locating():
        if isinstance(config.layers[0], Input):
            return Model(config.layers, losses=[config.loss], dtype=config.dtype)
        if config.data is None:
            raise ConfigError.at(
                ("layers",),
                "the shape of a row is not known: there is neither an Input layer nor data",
                "begin the layers with {type: Input, shape: [20]}",
            )
        return build_model(config, count_features(config.data, loaded.directory), seed=0)


def summarize_run(run: RunFolder) -> Model:
    """Return the network of a run."""
    return summarize_config(load(run.config))
