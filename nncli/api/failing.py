"""A network that has learnt less than a constant answer knows: what to try."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nncli.api.outputs import outputs_of
from nncli.api.session import TrainingOutcome

_BALANCING = {"Normalization", "BatchNormalization", "LayerNormalization", "Rescaling", "Embedding"}
"""Layers after which it matters little how large the features are."""


def way_out(outcome: TrainingOutcome) -> str:
    """Return what to try where held-out rows score worse than the baseline; else an empty text.

    A score that is better speaks for the network: a loss may be bad where the classes are right.
    """
    results = outcome.results
    held_out = next(name for name in ("test", "validation", "train") if name in results)
    worse = {
        name: _is_worse(results[name], results["baseline"][name], outcome.directions)
        for name in ("train", held_out)
    }
    if not worse[held_out]:
        return ""
    if not worse["train"]:
        return (
            "on the train rows it isn't, so it may know them by heart; try early_stopping, "
            "Dropout, fewer units or more rows"
        )
    *first, last = _untried(outcome)
    return f"try {', '.join(first)} or {last}, and see what nncli check says of the table"


def _is_worse(
    scores: Mapping[str, float], baseline: Mapping[str, float], directions: Mapping[str, str]
) -> bool:
    """Whether some scores are worse than the baseline's and none is better."""
    gains = [
        (scores[name] - baseline[name]) * (1 if directions[name] == "up" else -1)
        for name in scores.keys() & baseline.keys() & directions.keys()
    ]
    return any(gain < 0 for gain in gains) and not any(gain > 0 for gain in gains)


def _untried(outcome: TrainingOutcome) -> Iterator[str]:
    """Yield what most often helps and isn't done yet, the likeliest first."""
    config, data = outcome.config, outcome.config.data
    if data is not None:
        numbers = data.task != "classes" and data.target != "inputs"
        means = {output.loss.means for output in outputs_of(config)}
        if data.target_scale == "none" and numbers and means == {"values"}:
            yield "data.target_scale: standard"
        if data.scale == "none" and _BALANCING.isdisjoint(each.type for each in config.layers):
            yield "data.scale: standard"
    yield "more epochs"
    yield "another learning_rate"
