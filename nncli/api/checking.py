"""check: all that is wrong with a config, and what is odd about its table; trains nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from threadpoolctl import threadpool_limits

from nncli.api.building import build_model, has_input
from nncli.api.memory import check_memory
from nncli.api.survey import surveying
from nncli.api.training import make_trainer, prepare_training
from nncli.config.loading import LoadedConfig
from nncli.config.schema import Config
from nncli.data.inspection.contents import Inspected, inspect
from nncli.data.inspection.oddities import Oddity, odd_columns, rare_classes, repeated_rows
from nncli.data.inspection.pictures import picture_shape
from nncli.data.inspection.target import class_counts
from nncli.data.preparation import Prepared
from nncli.data.section import DataSection
from nncli.data.sources.files import beside
from nncli.data.sources.opening import opened
from nncli.data.sources.table import Column
from nncli.engine.model import Model

_LOPSIDED = 0.1


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
        model, prepared = prepare_training(config, loaded.directory)
        check_memory(model, config, 1)
        make_trainer(config, model, prepared, threads=1)
    assert config.data is not None
    with opened(beside(loaded.directory, config.data.train), config.data.dialect) as source:
        table = inspect(source)
    used = prepared.preprocessing.columns
    targets = [] if config.data.target == "inputs" else used.targets
    classes: dict[str, int] = {}
    if any(output.classes is not None for output in prepared.preprocessing.outputs):
        classes = class_counts(table.columns[targets[0]])
    return Check(
        model=model,
        rows={name: len(rows) for name, rows in prepared.splits.items()},
        columns={name: table.columns[name].in_words() for name in (*used.features, *targets)},
        classes=classes,
        oddities=tuple(_oddities(config, prepared, table, classes)),
    )


def _oddities(
    config: Config, prepared: Prepared, table: Inspected, classes: Mapping[str, int]
) -> Iterator[Oddity]:
    used = prepared.preprocessing.columns
    if not picture_shape([table.columns[name] for name in used.features]):
        yield from odd_columns(table, used.features, used.targets)
    if classes:
        yield from rare_classes(table.columns[used.targets[0]], classes)
        least = min(classes.values()) / sum(classes.values())
        if len(classes) == 2 and least < _LOPSIDED:
            yield Oddity(
                kind="imbalance",
                columns=tuple(used.targets),
                what=f"{used.targets[0]}: the rarer class has {least:.0%} of the rows, so accuracy "
                "is high for a network that never names it",
                advice="look at auc, precision and recall beside it: metrics: [auc, precision, "
                "recall]",
            )
    yield from repeated_rows(prepared.splits)
    for note in prepared.notes:
        yield Oddity(kind="note", what=note, advice="")
    if config.data is not None and not _holds_out(config.data):
        yield Oddity(
            kind="no held-out rows",
            what="all rows are trained on, so nothing tells how well the network does on others",
            advice="hold some out with data.test: 0.2 and data.validation: 0.2",
        )


def _holds_out(data: DataSection) -> bool:
    return data.test is not None or data.validation is not None
