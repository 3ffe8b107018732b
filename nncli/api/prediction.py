"""predict: what a run says of a new table's rows, chunk by chunk, in the table's order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from nncli.api.last_layer import PROBABILITIES, last_computing
from nncli.api.restoring import RestoredRun, WhichWeights, reading_as_trained, restore
from nncli.data.columns import find_columns
from nncli.data.report import Report
from nncli.data.sources.delimited import open_table
from nncli.data.sources.files import standard_input
from nncli.engine.activations.sigmoids import Sigmoid
from nncli.engine.activations.softmax import Softmax
from nncli.engine.types import Array, Arrays
from nncli.errors import ConfigError
from nncli.runs.folder import RunFolder

Cells = list[str] | Array
"""A column of a chunk: text as it stood, labels, or numbers."""


@dataclass(frozen=True, kw_only=True)
class Predictions:
    """The answer as a table: columns, and chunks with one list or array for each of them."""

    run: RunFolder
    weights: WhichWeights
    columns: tuple[str, ...]
    chunks: Iterator[tuple[Cells, ...]]
    report: Report
    """What was odd about the rows, once all chunks are through."""


def predict(
    run: RunFolder,
    data: Path | None,
    *,
    weights: WhichWeights | None = None,
    threshold: float | None = None,
    proba: bool = False,
    keep: Sequence[str] = (),
) -> Predictions:
    """Predict every row of a table.

    Arguments:
        run: the run.
        data: the table; None for standard input.
        weights: best or last; by default what evaluate takes.
        threshold: from which probability on a row is of the positive class; 0.5 unless given.
        proba: whether every class's probability is written.
        keep: columns of the table to carry along.

    Raises:
        RunError: the run is damaged.
        DataError: the table can't be read or lacks columns.
        ConfigError: an option makes no sense for this run, or a column is kept twice.
    """
    restored = restore(run, weights)
    if threshold is not None and restored.target.encoding != "binary":
        raise ConfigError.at((), "--threshold is for a network that tells two classes apart")
    if proba and restored.target.labels is None:
        raise ConfigError.at((), "--proba is for classes; this run predicts values")
    if proba and not _says_probabilities(restored):
        raise ConfigError.at((), "--proba is for probabilities; this network says scores")
    if twice := [name for name in keep if keep.count(name) > 1]:
        raise ConfigError.at((), f"--keep {twice[0]} is given twice")
    answer = [_apart_from(keep, name) for name in _answer_columns(restored, proba)]
    # Opened here, so that what is wrong with the table is said before anything is written.
    resources = ExitStack()
    label = None if data is not None else "standard input"
    path = data if data is not None else resources.enter_context(standard_input())
    section = restored.data
    with reading_as_trained():
        table = open_table(path, header=section.header, delimiter=section.delimiter, label=label)
    restored.preprocessing.columns.find_features(table)  # if any are missing, say it now
    kept = find_columns([_as_column(name, section.header) for name in keep], table)

    report = Report()
    cut = _middle(restored) if threshold is None else threshold

    def chunks() -> Iterator[tuple[Cells, ...]]:
        with resources, reading_as_trained(), threadpool_limits(limits=1, user_api="blas"):
            rows = restored.preprocessing.predicting(table, kept, report)
            for inputs, complete, texts in rows:
                answer = _answer(restored, inputs, cut, proba)
                if complete is not None and not complete.all():
                    report.dropped += int(np.count_nonzero(~complete))
                    answer = tuple(_blanked(cells, complete) for cells in answer)
                yield (*texts, *answer)

    return Predictions(
        run=run,
        weights=restored.weights,
        columns=(*keep, *answer),
        chunks=chunks(),
        report=report,
    )


def _middle(restored: RestoredRun) -> float:
    """Return what divides the two classes: 0 between the -1 and 1 of the hinge losses, else 0.5."""
    return 0.0 if restored.config.loss.type in ("hinge", "squared_hinge") else 0.5


def _as_column(name: str, header: bool) -> str | int:
    return name if header or not name.isdecimal() else int(name)


def _apart_from(kept: Sequence[str], name: str) -> str:
    """Return a name for a column of the answer that no kept column has."""
    while name in kept:
        name = f"predicted_{name}"
    return name


def _answer_columns(restored: RestoredRun, proba: bool) -> tuple[str, ...]:
    classes = restored.target.labels
    if classes is None:
        names = [str(name) for name in restored.target.columns]
        return tuple(f"predicted_{name}" for name in names)
    word = "probability" if _says_probabilities(restored) else "score"
    if proba:
        return ("class", *(f"{word}_{label}" for label in classes))
    if restored.target.encoding == "binary":
        return ("class", f"{word}_{classes[1]}")
    return ("class", word)


def _blanked(cells: Cells, complete: Array) -> Cells:
    """Return a column as text, empty where a row lacks a cell without which nothing is said."""
    return np.where(complete, np.asarray(cells).astype(str), "").astype(object)


def _answer(
    restored: RestoredRun, inputs: Arrays, threshold: float, proba: bool
) -> tuple[Cells, ...]:
    target = restored.target
    (outputs,) = restored.model.predict(inputs)
    if target.labels is None:
        return tuple(target.undo(outputs.reshape(len(outputs), -1)).T)
    outputs = _probabilities(restored, outputs)
    labels = np.array([str(label) for label in target.labels], dtype=object)
    if target.encoding == "binary":
        positive = outputs[:, 0]
        chosen = labels[(positive > threshold).astype(np.int64)]
        return (chosen, 1.0 - positive, positive) if proba else (chosen, positive)
    chosen = labels[outputs.argmax(axis=1)]
    return (chosen, *outputs.T) if proba else (chosen, outputs.max(axis=1))


def _says_probabilities(restored: RestoredRun) -> bool:
    layers = restored.config.layers
    activation = layers[last_computing(layers)].final_activation
    return activation in PROBABILITIES or getattr(restored.config.loss, "from_logits", False)


def _probabilities(restored: RestoredRun, outputs: Array) -> Array:
    """Return the outputs as probabilities where the loss was told that they are logits."""
    layers = restored.config.layers
    given = layers[last_computing(layers)].final_activation in PROBABILITIES
    if given or not getattr(restored.config.loss, "from_logits", False):
        return outputs
    function = Sigmoid() if restored.target.encoding == "binary" else Softmax()
    return function.apply(outputs)
