"""The rows that a run is most wrong about: mistakes.csv, and mistakes.png where they are pictures.

Imports matplotlib: imported only where pictures are drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from pathlib import Path

import numpy as np

from nncli.api.answers import Answers, Cells
from nncli.api.prediction import answers_of, apart_from
from nncli.config.schema import Config
from nncli.data.inspection.pictures import shape_by_names
from nncli.data.loading import Dataset
from nncli.data.originals import original_cells
from nncli.data.preprocessing import Preprocessing
from nncli.data.sources.files import STANDARD_INPUT
from nncli.engine.model import Model
from nncli.engine.types import Array, Shape
from nncli.errors import DataError
from nncli.reporting import plots
from nncli.reporting.predictions import text_rows
from nncli.runs.store import write_csv
from nncli.training.scoring import Scorer

MOST_ROWS = 100
_MOST_COLUMNS = 100
"""Of an output; an image's thousand pixels are left out."""


def show_mistakes(
    folder: Path, scorer: Scorer, config: Config, preprocessing: Preprocessing, rows: Dataset,
    split: str,
) -> list[Path]:  # fmt: skip
    """Write the rows with the highest loss, the worst first; return the paths.

    Arguments:
        folder: where to; made where it is missing.
        scorer: of the model, whose weights are those to be judged.
        config: the run's.
        preprocessing: the run's.
        rows: those to choose from.
        split: what they are called, as "test".

    Raises:
        RunError: the folder can't be written.
    """
    losses = np.concatenate(scorer.losses(rows, config.batch_size))
    order = np.argsort(-losses, kind="stable")[:MOST_ROWS]
    worst = rows.take(order)
    said = _said(answers_of(config, preprocessing, scorer.model), scorer.model, worst)
    shape = picture_shape(scorer.model, preprocessing)
    paths = []
    if shape is not None:
        pictures = worst.inputs[0].reshape(len(worst), *shape)
        captions = _captions(said, losses[order])
        paths.append(plots.draw_mistakes(folder, pictures, captions, split=split))
    table: dict[str, Cells] = {"row": worst.rows, "loss": losses[order], **said}
    originals = {} if shape is not None else _originals(worst, config, preprocessing)
    named = {apart_from(tuple(originals), name): cells for name, cells in table.items()}
    columns = {**named, **originals}
    path = folder / "mistakes.csv"
    write_csv(path, list(columns), text_rows([tuple(columns.values())]))
    return [*paths, path]


def picture_shape(model: Model, preprocessing: Preprocessing) -> Shape | None:
    """Return height, width and channels of an input that is a picture, as the layers take it."""
    if len(model.input_shapes) > 1:
        return None
    (shape,) = model.input_shapes
    for seen in (shape, *(s for node in model.nodes for s in node.layer.output_shapes)):
        if len(seen) == 3 and _is_picture(*seen) and prod(seen) == prod(shape):
            return seen
    found = shape_by_names([str(name) for name in preprocessing.inputs[0].names])
    return None if found is None else (*found, 1)


def _is_picture(height: int, width: int, channels: int) -> bool:
    return min(height, width) > 1 and channels in (1, 3)


def _said(answers: Sequence[Answers], model: Model, rows: Dataset) -> dict[str, Cells]:
    """Return what is true and what the network says, by the columns' names."""
    columns: dict[str, Cells] = {}
    for answer, y_true, y_pred in zip(
        answers, rows.targets, model.predict(rows.inputs), strict=True
    ):
        if answer.target.holds != "inputs" and len(answer.columns) <= _MOST_COLUMNS:
            columns |= dict(zip(answer.true_columns, answer.true_cells(y_true), strict=True))
            columns |= dict(zip(answer.columns, answer.cells(y_pred), strict=True))
    return columns


def _captions(said: Mapping[str, Cells], losses: Array) -> list[list[str]]:
    """Return for each picture the true and the predicted class, or else its loss."""
    if "true_class" in said and "class" in said:
        return [
            [f"true {true}", f"predicted {predicted}"]
            for true, predicted in zip(said["true_class"], said["class"], strict=True)
        ]
    return [[f"loss {loss:.3g}"] for loss in losses.tolist()]


def _originals(
    rows: Dataset, config: Config, preprocessing: Preprocessing
) -> Mapping[str, list[str]]:
    """Return the table's other columns; none where it can't be read a second time."""
    if config.data is None or str(rows.path) == STANDARD_INPUT:
        return {}
    try:
        return original_cells(rows.path, rows.rows, preprocessing, config.data.dialect)
    except DataError:
        return {}
