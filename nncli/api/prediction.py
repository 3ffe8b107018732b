"""predict: what a run says of a new table's rows, chunk by chunk, in the table's order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from math import prod
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from nncli.api.answers import Answers, Cells, blanked
from nncli.api.last_layer import last_computing
from nncli.api.layer_outputs import outputs_of_layer
from nncli.api.outputs import outputs_of
from nncli.api.restoring import WhichWeights, reading_as_trained, restore
from nncli.config.schema import Config
from nncli.data.columns import find_columns
from nncli.data.preprocessing import Preprocessing
from nncli.data.report import Report
from nncli.data.sources.opening import opened
from nncli.engine.model import Model
from nncli.engine.types import Arrays
from nncli.errors import ConfigError
from nncli.runs.folder import RunFolder


@dataclass(frozen=True, kw_only=True)
class Predictions:
    """The answer as a table: columns, and chunks with one list or array for each of them."""

    run: RunFolder
    weights: WhichWeights
    columns: tuple[str, ...]
    chunks: Iterator[tuple[Cells, ...]]
    table: str
    """What messages call the table."""
    report: Report

    def notes(self) -> list[str]:
        """Return what was odd about the rows, a sentence each, once all chunks are through."""
        return list(self.report.lines(self.table, "got no prediction"))


def predict(
    run: RunFolder,
    data: Path,
    *,
    weights: WhichWeights | None = None,
    threshold: float | None = None,
    proba: bool = False,
    keep: Sequence[str] = (),
    layer: str | None = None,
) -> Predictions:
    """Predict every row of a table.

    Arguments:
        run: the run.
        data: the table, "-" for standard input; see data.sources.opening.
        weights: best or last; by default what evaluate takes.
        threshold: from which probability on a row is of the positive class; 0.5 unless given.
        proba: whether every class's probability is written.
        keep: columns of the table to carry along.
        layer: the name of a layer whose outputs are written instead of the network's.

    Raises:
        RunError: the run is damaged.
        DataError: the table can't be read or lacks columns.
        ConfigError: an option makes no sense for this run, or a column is kept twice.
    """
    restored = restore(run, weights)
    if layer is not None and (proba or threshold is not None):
        raise ConfigError.at((), "--layer writes a layer's numbers, without --proba or --threshold")
    parts = restored.config, restored.preprocessing, restored.model
    reading = (
        _NetworkAnswers(restored.model, answers_of(*parts, proba, threshold))
        if layer is None
        else outputs_of_layer(restored, layer)
    )
    if twice := [name for name in keep if keep.count(name) > 1]:
        raise ConfigError.at((), f"--keep {twice[0]} is given twice")
    columns = [apart_from(keep, name) for name in reading.columns]
    # Opened here, so that what is wrong with the table is said before anything is written.
    resources = ExitStack()
    section = restored.data
    with reading_as_trained():
        table = resources.enter_context(opened(data, section.dialect))
    restored.preprocessing.columns.find_features(table)  # if any are missing, say it now
    kept = find_columns([_as_column(name, section.header) for name in keep], table)

    report = Report()

    def chunks() -> Iterator[tuple[Cells, ...]]:
        with resources, reading_as_trained(), threadpool_limits(limits=1, user_api="blas"):
            rows = restored.preprocessing.predicting(table, kept, report)
            for inputs, complete, texts in rows:
                answer = reading.cells(inputs)
                if complete is not None and not complete.all():
                    report.dropped += int(np.count_nonzero(~complete))
                    answer = tuple(blanked(cells, complete) for cells in answer)
                yield (*texts, *answer)

    return Predictions(
        run=run,
        weights=restored.weights,
        columns=(*keep, *columns),
        chunks=chunks(),
        table=table.label,
        report=report,
    )


@dataclass(frozen=True)
class _NetworkAnswers:
    """The answers of all the network's outputs, side by side."""

    model: Model
    answers: Sequence[Answers]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(name for own in self.answers for name in own.columns)

    def cells(self, inputs: Arrays) -> tuple[Cells, ...]:
        outputs = self.model.predict(inputs)
        pairs = zip(self.answers, outputs, strict=True)
        return tuple(cells for own, output in pairs for cells in own.cells(output))


def answers_of(
    config: Config,
    preprocessing: Preprocessing,
    model: Model,
    proba: bool = False,
    threshold: float | None = None,
) -> list[Answers]:
    """Return how each output is read; with several, their names begin those of their columns.

    Where only some outputs are classes, options for classes are for these.
    """
    outputs, layers = outputs_of(config), config.layers
    asked = [target.holds in ("classes", "labels") for target in preprocessing.outputs]
    if not any(asked):
        asked = [True] * len(asked)  # so that the answers refuse them
    return [
        Answers(
            target=target,
            loss=output.loss,
            activation=layers[last_computing(layers, output.position)].final_activation,
            value_names=_value_names(preprocessing, model, number),
            prefix=f"{output.name}_" if len(outputs) > 1 else "",
            proba=proba and asked[number],
            threshold=threshold if asked[number] else None,
        )
        for number, (output, target) in enumerate(zip(outputs, preprocessing.outputs, strict=True))
    ]


def _value_names(preprocessing: Preprocessing, model: Model, number: int) -> list[str]:
    """Return what the numbers of an output are of: target columns, or an autoencoder's features."""
    target = preprocessing.outputs[number]
    if target.holds != "inputs":
        return [str(name) for name in target.columns]
    count = prod(model.output_shapes[number])
    inputs = preprocessing.inputs
    names = inputs[min(number, len(inputs) - 1)].names
    return [str(name) for name in (names if len(names) == count else range(count))]


def _as_column(name: str, header: bool) -> str | int:
    return name if header or not name.isdecimal() else int(name)


def apart_from(kept: Sequence[str], name: str) -> str:
    """Return a name for a column of the answer that no kept column has."""
    while name in kept:
        name = f"predicted_{name}"
    return name
