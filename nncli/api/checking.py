"""check: all that is wrong with a config, and what is odd about its table; trains nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from threadpoolctl import threadpool_limits

from nncli.api.building import build_model, has_input, read_training_table
from nncli.api.memory import check_memory
from nncli.api.reach import hard_targets
from nncli.api.survey import surveying
from nncli.api.training import fit_to_table, make_trainer
from nncli.config.loading import LoadedConfig
from nncli.config.schema import Config
from nncli.data.inspection.contents import Inspected
from nncli.data.inspection.oddities import (
    Oddity,
    odd_classes,
    odd_columns,
    repeated_rows,
    reported,
)
from nncli.data.inspection.pictures import picture_shape
from nncli.data.inspection.target import class_counts
from nncli.data.inspection.training import inspect_training
from nncli.data.loading import Dataset
from nncli.data.preparation import Prepared
from nncli.data.sources.files import STANDARD_INPUT
from nncli.data.sources.opening import opened
from nncli.data.sources.table import Column
from nncli.engine.model import Model


@dataclass(frozen=True, kw_only=True)
class Check:
    """A config that would train, and what was found on the way."""

    model: Model | None
    """None where only the table could say how many features there are, and wasn't to be read."""
    rows: Mapping[str, int]
    """By split; empty where the table wasn't to be read."""
    columns: Mapping[Column, str]
    """What the features and the target hold, with their ranges."""
    classes: Mapping[str, int]
    """How many rows each class has; empty where the target isn't classes."""
    oddities: tuple[Oddity, ...] = ()


def check_config(loaded: LoadedConfig) -> Check:
    """Return what can be said of a config without its table.

    Raises:
        NncliError: it has mistakes.
    """
    model = None
    with surveying(loaded):
        if has_input(loaded.config):
            model = build_model(loaded.config, None, seed=0)
    return Check(model=model, rows={}, columns={}, classes={})


def check(loaded: LoadedConfig) -> Check:
    """Return what a config's training would begin with, and what is odd about its table.

    Raises:
        NncliError: whatever would keep it from training.
    """
    config = replace(loaded.config, seed=loaded.config.seed or 0, replicas=1)
    with surveying(loaded), threadpool_limits(limits=1, user_api="blas"):
        read = read_training_table(config, loaded.directory)
        table = inspect_training(read)
        model, prepared = fit_to_table(config, loaded.directory, read)
        check_memory(model, config, 1)
        make_trainer(config, model, prepared, threads=1)
    used, target = prepared.preprocessing.columns, prepared.preprocessing.outputs[0]
    classes = class_counts(table.columns[target.columns[0]]) if target.classes else {}
    return Check(
        model=model,
        rows={name: len(rows) for name, rows in prepared.splits.items()},
        columns={name: table.columns[name].in_words() for name in (*used.features, *used.targets)},
        classes=classes,
        oddities=tuple(_oddities(config, model, prepared, table, classes)),
    )


def _oddities(
    config: Config, model: Model, prepared: Prepared, table: Inspected, classes: Mapping[str, int]
) -> Iterator[Oddity]:
    data = config.data
    assert data is not None
    used, outputs = prepared.preprocessing.columns, prepared.preprocessing.outputs
    targets = tuple(chain(*(output.columns for output in outputs)))
    pixels = picture_shape([table.columns[name] for name in used.features])
    if not (pixels or _has_places(model)):
        yield from odd_columns(table, used.features, targets)
    if classes:
        yield from odd_classes(table.columns[targets[0]], classes, _metrics(config))
    yield from hard_targets(config, prepared)

    def place(rows: Dataset, number: int) -> str:
        row = int(rows.rows[number])
        if str(rows.path) == STANDARD_INPUT:  # which can't be read again to count its lines
            return f"row {row + 1} of standard input"
        with opened(rows.path, data.dialect) as source:
            return f"{source.place(row)} of {source.label}"

    yield from repeated_rows(prepared.splits, place)
    for path, report in prepared.reports.items():
        yield from reported(path, report, prepared.preprocessing.inputs)
    if data.test is None and data.validation is None:
        yield Oddity(
            kind="no held-out rows",
            what="all rows are trained on, so nothing tells how well the network does on others",
            advice="hold some out with data.test: 0.2 and data.validation: 0.2",
        )


def _metrics(config: Config) -> set[str]:
    """Return the types of all metrics."""
    given = config.metrics
    lists = given.values() if isinstance(given, Mapping) else [given]
    return {metric.type for metric in chain(*lists)}


def _has_places(model: Model) -> bool:
    """Whether each feature has its place in a picture or sequence, so that none can be dropped."""
    flat = [shape for shape in model.input_shapes if len(shape) == 1]
    return len(flat) < len(model.input_shapes) or any(
        layer.type == "Reshape" and layer.input_shapes[0] in flat for layer in model.layers
    )
