"""Whether a target's numbers are such as the last layer gives, and such as training gets to."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

import numpy as np

from nncli.api.last_layer import last_computing
from nncli.api.outputs import Output, outputs_of
from nncli.config.schema import Config
from nncli.data.inspection.oddities import Oddity
from nncli.data.naming import listed
from nncli.data.preparation import Prepared
from nncli.data.targets import FittedTarget
from nncli.engine.types import Array

_PROBABILITIES, _AROUND_ZERO, _RECTIFIED = (0.0, 1.0), (-1.0, 1.0), (0.0, inf)
_RANGES = {
    "sigmoid": _PROBABILITIES,
    "hard_sigmoid": _PROBABILITIES,
    "sparse_sigmoid": _PROBABILITIES,
    "softmax": _PROBABILITIES,
    "tanh": _AROUND_ZERO,
    "hard_tanh": _AROUND_ZERO,
    "softsign": _AROUND_ZERO,
    "relu": _RECTIFIED,
    "relu6": (0.0, 6.0),
    "softplus": _RECTIFIED,
    "sparse_plus": _RECTIFIED,
    "squareplus": _RECTIFIED,
    "exponential": _RECTIFIED,
}
_DISTANCES = {"mean_squared_error", "mean_absolute_error", "huber", "log_cosh"}
"""Losses that go by how far the numbers lie apart, whatever their size."""
_LARGE = 100.0
"""A mean or deviation beyond this is far from what a new network gives."""
_ROUNDING = 1e-5


def hard_targets(config: Config, prepared: Prepared) -> Iterator[Oddity]:
    """Yield targets that the network can't give, or would be long in getting near.

    Arguments:
        config: with the layers.
        prepared: the training rows' targets as the loss sees them.
    """
    targets = prepared.preprocessing.outputs
    for number, (output, target) in enumerate(zip(outputs_of(config), targets, strict=True)):
        position = last_computing(config.layers, output.position)
        activation = config.layers[position].final_activation or "linear"
        seen = prepared.train.targets[number]
        values = seen.reshape(len(seen), -1).astype(np.float64)
        if target.holds == "labels" or output.loss.sparse:
            continue
        if output.loss.type in _DISTANCES and _is_yes_and_no(values, target, activation):
            yield _yes_and_no(target, activation)
        elif target.holds != "classes" and not _reaches(activation, values):
            yield _out_of_reach(target, activation, values)
        elif target.holds == "values" and config.layers[position].type != "Rescaling":
            yield from _far(output, target, activation, values)


def _is_yes_and_no(values: Array, target: FittedTarget, activation: str) -> bool:
    """Whether yes and no are to come from what knows no upper bound."""
    is_rectified = _RANGES.get(activation) == _RECTIFIED
    return is_rectified and target.holds != "inputs" and bool(np.isin(values, (0, 1)).all())


def _reaches(activation: str, values: Array) -> bool:
    low, high = _RANGES.get(activation, (-inf, inf))
    return bool(values.min() >= low - _ROUNDING and values.max() <= high + _ROUNDING)


def _yes_and_no(target: FittedTarget, activation: str) -> Oddity:
    many = target.encoding == "one_hot"
    suited, loss = ("softmax", "categorical") if many else ("sigmoid", "binary")
    return Oddity(
        kind="unbounded classes",
        columns=target.columns,
        what=f"{listed(target.columns)}: the answers are 0 or 1, but the last layer's {activation} "
        "knows no upper bound, and may get stuck at 0",
        advice=f"give the last layer activation: {suited}, and take loss: {loss}_crossentropy",
    )


def _out_of_reach(target: FittedTarget, activation: str, values: Array) -> Oddity:
    low, high = _RANGES[activation]
    gives = "no negative ones" if high == inf else f"{low:g} to {high:g} only"
    scale = "" if target.scale == "none" else f" (by target_scale: {target.scale})"
    whose = listed(target.columns) if target.columns else "the inputs, which are the target"
    advice = "leave the last layer's activation out"
    if target.holds == "inputs":
        advice += ", or say data.scale: minmax" if low == 0 else ""
    elif target.scale == "none" and _is_large(values).any():
        advice += ", and say data.target_scale: standard"
    return Oddity(
        kind="out of reach",
        columns=target.columns,
        what=f"{whose}: numbers from {values.min():g} to {values.max():g}{scale}, but the last "
        f"layer's {activation} gives {gives}",
        advice=advice,
    )


def _far(output: Output, target: FittedTarget, activation: str, values: Array) -> Iterator[Oddity]:
    large = np.flatnonzero(_is_large(values))
    if target.scale != "none" or output.loss.type not in _DISTANCES or not len(large):
        return
    columns = tuple(target.columns[place] for place in large)
    first = values[:, large[0]]
    linear = " and leave the last layer's activation out" if activation != "linear" else ""
    yield Oddity(
        kind="unscaled target",
        columns=columns,
        what=f"{listed(columns)}: numbers around {first.mean():.4g}, with a deviation of "
        f"{first.std():.4g}, which a network that begins near 0 takes long to get to",
        advice=f"say data.target_scale: standard{linear}; metrics and predictions stay in its own "
        "units",
    )


def _is_large(values: Array) -> Array:
    """Return which columns are, bool (columns,)."""
    large: Array = np.maximum(np.abs(values.mean(axis=0)), values.std(axis=0)) > _LARGE
    return large
