"""Whether metrics that compare classes are given any: amounts are neither right nor wrong."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from nncli.config.schema import Config
from nncli.data.preparation import Prepared
from nncli.engine.model import Model
from nncli.engine.types import Array
from nncli.errors import ConfigError, Path, Problem


def check_metrics(config: Config, model: Model, prepared: Prepared) -> None:
    """Refuse metrics of classes on targets that hold other numbers than 0 and 1.

    Raises:
        ConfigError: at these metrics.
    """
    problems: list[Problem] = []
    for number, (name, target) in enumerate(
        zip(model.output_names, prepared.preprocessing.outputs, strict=True)
    ):
        place: Path = ("metrics",)
        metrics = config.metrics
        if isinstance(metrics, Mapping):
            place, metrics = (*place, name), metrics.get(name, ())
        compared = [p for p, metric in enumerate(metrics) if metric and metric.compares_classes]
        if target.holds != "values" or not compared:
            continue
        values = np.concatenate([rows.targets[number] for rows in prepared.splits.values()])
        amount = _first_amount(target.undo(values))
        if amount is not None:
            problems += [
                Problem(
                    path=(*place, position),
                    message=f"{metrics[position].type} compares classes, but the target holds "
                    f"numbers such as {amount:g}",
                    hint="take mean_absolute_error or r2_score; if the numbers are classes, say "
                    "data.task: classes",
                )
                for position in compared
            ]
    if problems:
        raise ConfigError(problems)


def _first_amount(values: Array) -> float | None:
    """Return the first number that is neither 0 nor 1; scaling leaves a little of a difference."""
    amounts = values[np.minimum(np.abs(values), np.abs(values - 1)) > 1e-5]
    return float(amounts[0]) if amounts.size else None
