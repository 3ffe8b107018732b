"""A finished run brought back: its config, preprocessing, and the model with its weights."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from nncli.api.building import build_model, check_inputs, has_input
from nncli.api.changes import changed_settings
from nncli.config.loading import LoadedConfig, load
from nncli.config.schema import Config
from nncli.data.preprocessing import Preprocessing
from nncli.data.section import DataSection
from nncli.data.sources.table import OptionError
from nncli.engine.model import Model
from nncli.errors import ConfigError, DataError, RunError, ShapeError
from nncli.runs.folder import RunFolder
from nncli.runs.record import read_record, refuse_changed
from nncli.runs.store import read_json
from nncli.runs.weights import load_weights

WhichWeights = Literal["best", "last"]


@dataclass(frozen=True, kw_only=True)
class RestoredRun:
    """All that is needed to use a run on rows."""

    loaded: LoadedConfig
    preprocessing: Preprocessing
    model: Model
    weights: WhichWeights

    @property
    def config(self) -> Config:
        """The run's config, resolved."""
        return self.loaded.config

    @property
    def data(self) -> DataSection:
        """The config's data section, which every run has."""
        if self.config.data is None:
            raise RunError(f"{self.loaded.path} has no data section")
        return self.config.data


def load_config(run: RunFolder) -> LoadedConfig:
    """Return the config that the run was trained with.

    Raises:
        RunError: it is missing or damaged.
    """
    try:
        return load(run.config)
    except ConfigError as error:
        raise RunError(f"the run {run.path} is damaged: {error}") from None


@contextmanager
def reading_as_trained() -> Iterator[None]:
    """Let messages about a further table speak of the run, whose reading options are settled.

    Raises:
        DataError: the table would need other options.
    """
    try:
        yield
    except OptionError as error:
        raise DataError(
            f"{error.message}; the run was trained with {error.given}, so convert the table to that"
        ) from None


def restore(run: RunFolder, weights: WhichWeights | None) -> RestoredRun:
    """Return the run with the given weights; by default `best` where there was validation.

    Raises:
        RunError: something in the folder is missing, damaged, or doesn't belong together.
    """
    loaded, record = load_config(run), read_record(run.record)
    if changes := changed_settings(record, loaded):
        raise RunError(
            f"{run.config} isn't what the run was trained with: {'; '.join(changes)}; change it "
            f"back, or train it anew with `nncli train {run.config}`"
        )
    refuse_changed(run.preprocessing, record)
    try:
        preprocessing = Preprocessing.from_json(read_json(run.preprocessing))
        widths = None if has_input(loaded.config) else preprocessing.widths
        model = build_model(loaded.config, widths, seed=0)
        check_inputs(loaded.config, preprocessing.widths)
    except (ConfigError, ShapeError, DataError) as error:
        raise RunError(f"the run {run.path} is damaged: {error}") from None
    if weights is None:
        has_best = loaded.config.data is not None and loaded.config.data.validation is not None
        weights = "best" if has_best and run.best_weights.exists() else "last"
    model.load_weights(load_weights(run.weights(weights), model.weights()))
    return RestoredRun(loaded=loaded, preprocessing=preprocessing, model=model, weights=weights)
