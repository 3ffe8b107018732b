"""All that is wrong with a config beyond its schema, where training would stop at the first of it.

It is looked for once there is a mistake: a config without any has no use for it. A table is read
for it only where that takes no time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from nncli.api.building import (
    build_model,
    check_inputs,
    has_input,
    read_training_table,
    target_encoding,
)
from nncli.api.last_layer import check_activation, check_all_outputs
from nncli.api.metric_targets import check_metrics
from nncli.api.outputs import outputs_of
from nncli.config.draft import Draft
from nncli.config.loading import InvalidConfigError, LoadedConfig, load
from nncli.config.overrides import Override
from nncli.config.places import LocatedConfigError, located
from nncli.data.preparation import TrainingTable
from nncli.data.sources.files import STANDARD_INPUT, beside
from nncli.data.sources.several import is_pattern
from nncli.engine.losses import Loss, MeanSquaredError, SparseCategoricalCrossentropy
from nncli.engine.metrics.base import distinct
from nncli.engine.misfits import find_misfits
from nncli.engine.model import Model
from nncli.errors import ConfigError, DataError, Problem, ShapeError
from nncli.training.outlook import Directions, Outlook
from nncli.training.scoring import Scorer

T = TypeVar("T")

_SMALL = 5_000_000
"""Bytes of a table that is read in a fraction of a second."""


def load_surveyed(
    path: Path, overrides: Sequence[Override] = (), *, for_training: bool = True
) -> LoadedConfig:
    """Load a config as `nncli.config.loading.load` does, but see further where it has mistakes.

    Raises:
        ConfigError: all that is wrong, in the schema's eyes and in the engine's.
    """
    try:
        return load(path, overrides, for_training=for_training)
    except InvalidConfigError as error:
        further = survey(error.draft, error.directory)
        raise LocatedConfigError([*error.found, *located(further, error.places)]) from None


@contextmanager
def surveying(loaded: LoadedConfig) -> Iterator[None]:
    """Where something is wrong with a config or its table, say all else that is.

    Raises:
        ConfigError: each problem with its place.
        DataError: nothing is wrong but the table.
    """
    try:
        with loaded.locating():
            yield
    except (LocatedConfigError, DataError) as error:
        problems = list(_problems_of(error))
        further = survey(Draft(config=loaded.config), loaded.directory)
        problems += [problem for problem in further if problem not in problems]
        if isinstance(error, DataError) and len(problems) == 1:
            raise
        raise LocatedConfigError(located(problems, loaded.places)) from None


def survey(draft: Draft, directory: Path) -> list[Problem]:
    """Return what is wrong with those parts of a config that are valid each for itself."""
    found = _Survey(draft, directory)
    found.run()
    return found.problems


class _Survey:
    def __init__(self, draft: Draft, directory: Path) -> None:
        self.draft, self.directory = draft, directory
        self.config = draft.config if draft.has("dtype") else replace(draft.config, dtype="float32")
        self.problems: list[Problem] = []

    def run(self) -> None:
        """Go from the table over the layers to the callbacks, as far as each can be judged."""
        table, widths = self._table()
        model = self._model(widths)
        if model is not None:
            self._check_ends(model, table)
        scores = self._scores(model)
        data = self.config.data
        if scores is not None and self.draft.has("data", "optimizer"):
            self.problems += Outlook.of(
                scores,
                data is not None and data.validation is not None,
                self.config.optimizer,
                self.config.callbacks,
            ).problems()

    def _table(self) -> tuple[TrainingTable | None, tuple[int, ...] | None]:
        """Return the training table, and the widths of its inputs; None where they aren't known.

        A loss that isn't valid, or doesn't suit the target, has no say in the features: they are
        read for one that takes numbers, or else for one that takes classes.
        """
        data = self.config.data
        if data is None or (isinstance(data.features, dict) and not self.draft.has("layers")):
            return None, None
        if not _is_small(beside(self.directory, data.train)):
            return None, None
        known = self.draft.has("loss")
        if known and (table := self._attempt(lambda: self._read(self.config.loss))):
            return table, table.widths
        numbers, _ = _try(lambda: self._read(MeanSquaredError()))
        classes, problems = _try(lambda: self._read(SparseCategoricalCrossentropy()))
        table = numbers or classes
        if table is None and not known:
            self.problems += problems
        return None, table.widths if table else None

    def _read(self, loss: Loss | dict[str, Loss]) -> TrainingTable:
        config = replace(self.config, loss=loss)
        try:
            return read_training_table(config, self.directory)
        except ShapeError:  # said of the layers; the table is looked at as if there were none
            return read_training_table(replace(config, layers=()), self.directory)

    def _model(self, widths: tuple[int, ...] | None) -> Model | None:
        """Return the network, where nothing about it is wrong."""
        layers = self.config.layers
        if not layers or not (has_input(self.config) or widths):
            return None
        misfits = find_misfits(layers, widths and (widths[0],))
        self.problems += [misfit.as_problem() for misfit in misfits]
        if misfits or not self.draft.has("layers", "loss"):
            return None
        given = None if has_input(self.config) else widths
        return self._attempt(lambda: build_model(self.config, given, seed=0))

    def _check_ends(self, model: Model, table: TrainingTable | None) -> None:
        """Compare the network's first layers with the table, its last with loss and target."""
        config, outputs = self.config, outputs_of(self.config)
        ends = list(zip(outputs, model.output_shapes, strict=True))
        for output, shape in ends:
            self._attempt(partial(check_activation, config, output, shape[-1]))
        if table is None:
            return
        self._attempt(partial(check_inputs, config, table.widths))
        encodings = [
            target_encoding(output.loss, target, shape[-1])
            for (output, shape), target in zip(ends, table.preprocessing.outputs, strict=True)
        ]
        prepared = self._attempt(partial(table.prepared, encodings))
        if prepared is not None:
            if self.draft.has("metrics"):
                self._attempt(partial(check_metrics, config, model, prepared))
            formed = table.preprocessing.formed(encodings)
            self._attempt(partial(check_all_outputs, outputs, model, formed))

    def _scores(self, model: Model | None) -> Directions | None:
        """Return the columns that the metrics make, where that is known."""
        scorer = self._scorer(model) if model else None
        metrics = self.config.metrics
        if not self.draft.has("metrics"):
            return None
        if scorer is not None:
            return scorer.directions
        if isinstance(metrics, dict) or any(metric.scores_classes for metric in metrics):
            return None  # nobody knows how many there are, or where they belong
        named = {metric.column: metric.direction for metric in distinct(metrics)}
        return {"loss": "down", **named}

    def _scorer(self, model: Model) -> Scorer | None:
        """Return what scores by the metrics that are valid, where all of them fit the model."""
        metrics = self.config.metrics
        if isinstance(metrics, dict):
            return self._attempt(partial(Scorer, model, metrics))
        valid = [n for n, metric in enumerate(metrics) if metric is not None]
        try:
            return Scorer(model, [metrics[n] for n in valid])
        except ConfigError as error:
            for problem in error.problems:
                _, number = problem.path
                self.problems.append(replace(problem, path=("metrics", valid[int(number)])))
            return None

    def _attempt(self, step: Callable[[], T]) -> T | None:
        result, problems = _try(step)
        self.problems += problems
        return result


def _try(step: Callable[[], T]) -> tuple[T | None, Sequence[Problem]]:
    """Return what a step comes to, or why it doesn't."""
    try:
        return step(), ()
    except (ConfigError, ShapeError, DataError) as error:
        return None, _problems_of(error)


def _problems_of(error: ConfigError | ShapeError | DataError) -> Sequence[Problem]:
    if isinstance(error, ConfigError):
        return error.problems
    if isinstance(error, ShapeError):
        return [error.as_problem()]
    return [Problem(path=("data", "train"), message=str(error))]


def _is_small(path: Path) -> bool:
    """Whether a table is; one that isn't there is found out about in no time, too."""
    if str(path) == STANDARD_INPUT or is_pattern(path):
        return False
    try:
        return path.stat().st_size <= _SMALL
    except OSError:
        return True
