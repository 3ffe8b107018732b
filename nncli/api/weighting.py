"""class_weight: how much the rows of a class count in the training loss, as in Keras's fit."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches

import numpy as np

from nncli.config.schema import Config
from nncli.data.loading import Dataset
from nncli.data.preparation import Prepared
from nncli.data.targets import FittedTarget
from nncli.engine.types import Array
from nncli.errors import ConfigError

_PATH = ("class_weight",)


def weighted_by_class(config: Config, prepared: Prepared) -> Dataset:
    """Return the training rows, each with the weight of its class where the config gives one.

    Raises:
        ConfigError: there are no classes, more than one output, other weights, or no such class.
    """
    if config.class_weight is None:
        return prepared.train
    if len(prepared.preprocessing.outputs) > 1:
        raise ConfigError.at(_PATH, "it is for networks of one output", "use data.sample_weight")
    if prepared.train.sample_weight is not None:
        message = "it can't go together with data.sample_weight"
        raise ConfigError.at(_PATH, message, "multiply them in the table")
    (target,) = prepared.preprocessing.outputs
    if target.labels is None:
        raise ConfigError.at(_PATH, "the target has no classes", "use data.sample_weight")
    weights = _by_class(config.class_weight, target)
    chosen = weights[class_numbers(prepared.train.targets[0])]
    return replace(prepared.train, sample_weight=chosen.astype(config.dtype))


def class_numbers(y_true: Array) -> Array:
    """Return (rows,) class numbers of targets that are one-hot, 0/1 or numbers already."""
    if y_true.shape[-1] > 1:
        return y_true.argmax(axis=-1)
    return y_true[:, 0].astype(np.int64)


def _by_class(given: dict[str, float], target: FittedTarget) -> Array:
    labels = [_spelled(label) for label in target.labels or ()]
    for label in given:
        if label not in labels:
            near = get_close_matches(label, labels, 1)
            way_out = f"did you mean {near[0]!r}?" if near else f"they are {', '.join(labels[:12])}"
            raise ConfigError.at((*_PATH, label), "the target has no class of that label", way_out)
    return np.array([given.get(label, 1.0) for label in labels])


def _spelled(label: object) -> str:
    """Return a label as YAML spells it: true, 1, text."""
    return str(label).lower() if isinstance(label, bool) else str(label)
