"""What evaluate says beyond the scores, as suits each output's target."""

from __future__ import annotations

from nncli.api.answers import Answers
from nncli.api.weighting import class_numbers
from nncli.data.targets import FittedTarget
from nncli.engine.types import Array, Arrays
from nncli.reporting.breakdown import Breakdown, of_classes, of_errors, of_thresholds
from nncli.reporting.scores import predicted_classes

_MOST = 100
"""Classes or targets beyond which nobody reads on: an image's thousand pixels."""


def break_down(
    answers: list[Answers], targets: Arrays, outputs: Arrays
) -> dict[str, list[dict[str, object]]]:
    """Return tables by title, for every output.

    Arguments:
        answers: how each output is read.
        targets: of some rows.
        outputs: what the network says of them.
    """
    found: dict[str, list[dict[str, object]]] = {}
    for answer, y_true, y_pred in zip(answers, targets, outputs, strict=True):
        for title, rows in _of_output(answer, y_true, y_pred).items():
            found[f"{answer.prefix.rstrip('_')}: {title}".lstrip(": ")] = rows
    return found


def _of_output(answer: Answers, y_true: Array, y_pred: Array) -> Breakdown:
    target = answer.target
    if target.holds == "inputs" or y_pred.ndim != 2 or y_pred.shape[1] > _MOST:
        return {}
    if target.labels is not None:
        return _of_classes(answer, target, y_true, y_pred)
    if target.holds == "values":
        names = [str(name) for name in target.columns]
        errors = of_errors(names, target.undo(y_true), target.undo(y_pred))
        return {"quantiles of the absolute error": errors}
    return {}


def _of_classes(answer: Answers, target: FittedTarget, y_true: Array, y_pred: Array) -> Breakdown:
    labels = [str(label) for label in target.labels or ()]
    true, likely = class_numbers(y_true), answer.likely(y_pred)
    binary = target.encoding == "binary"
    predicted = answer.is_positive(likely[:, 0]) if binary else predicted_classes(likely)
    tables = {"by class": of_classes(labels, true, predicted)}
    if binary and answer.says_probabilities:
        title = f"by threshold, {labels[1]} being positive"
        tables[title] = of_thresholds(true == 1, likely[:, 0])
    return tables
