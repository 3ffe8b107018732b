"""evaluate: loss and metrics of a run, on its own held-out rows or on another table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Literal

from threadpoolctl import threadpool_limits

from nncli.api.breakdowns import break_down
from nncli.api.changes import is_unchanged
from nncli.api.prediction import answers_of
from nncli.api.restoring import RestoredRun, WhichWeights, reading_as_trained, restore
from nncli.data.loading import Dataset
from nncli.data.loading import load as load_table
from nncli.data.report import Report
from nncli.data.sources.files import beside
from nncli.errors import ConfigError, DataError, RunError
from nncli.reporting.breakdown import Breakdown
from nncli.runs.folder import RunFolder
from nncli.runs.record import read_record, refuse_changed
from nncli.runs.splits import read_splits
from nncli.runs.store import write_json
from nncli.training.baseline import baseline_scores
from nncli.training.scoring import Scorer

Split = Literal["test", "validation", "train"]
SPLITS: tuple[Split, ...] = ("test", "validation", "train")
"""In the order in which they are taken where there is a choice."""


@dataclass(frozen=True, kw_only=True)
class EvaluationOutcome:
    """Scores, and what they are of."""

    run: RunFolder
    weights: WhichWeights
    rows: str
    """Which rows: "test", "validation", "train", or a table's path."""
    count: int
    """How many rows."""
    scores: Mapping[str, float]
    baseline: Mapping[str, float] | None
    """What always answering the training rows' mean scores; None where they are gone."""
    written: Path
    """The file in the run's evaluations/."""
    breakdown: Breakdown
    """Scores of classes, of thresholds, or of errors by their size."""
    notes: tuple[str, ...]
    """What was odd about the rows, a sentence each."""


def evaluate(
    run: RunFolder,
    *,
    data: Path | None = None,
    split: Split | None = None,
    weights: WhichWeights | None = None,
) -> EvaluationOutcome:
    """Score a run on its test rows, else its validation, else its training rows; or on `data`.

    Arguments:
        run: the run.
        data: a table to score on instead of the run's own rows.
        split: which of the run's own rows.
        weights: best or last; by default best where there was validation.

    Raises:
        ConfigError: the run has no such split, or `data` is given too.
        RunError: the run is damaged.
        DataError: the table has changed since training, or doesn't fit.
    """
    if data is not None and split is not None:
        raise ConfigError.at((), "--split is of the run's own rows; leave it out beside --data")
    restored = restore(run, weights)
    if data is not None:
        report = Report()
        rows, name = _load(restored, data, report), str(data)
        notes, train = tuple(report.lines(name)), None
    else:
        table = own_rows(restored, run)
        name = split or next(split for split in SPLITS if split in table)
        if name not in table:
            raise ConfigError.at((), f"the run has no {name} rows; it has {', '.join(table)} rows")
        rows, train, notes = table[name], table["train"], ()
    config = restored.config
    scorer = Scorer(restored.model, config.metrics, restored.preprocessing.undo)
    with threadpool_limits(limits=1, user_api="blas"):  # as in training, for the same last digit
        scores = scorer.evaluate(rows, config.batch_size)
        outputs = restored.model.predict(rows.inputs)
    answers = answers_of(config, restored.preprocessing, restored.model)
    breakdown = break_down(answers, rows.targets, outputs)
    baseline = None if train is None else baseline_scores(scorer, train, rows)
    written = _file_for(run, name if data is None else f"table_{data.stem}", restored.weights)
    outcome = {"rows": name, "count": len(rows), "weights": restored.weights, "scores": scores}
    write_json(written, {**outcome, "baseline": baseline, "breakdown": breakdown})
    return EvaluationOutcome(
        run=run,
        weights=restored.weights,
        rows=name,
        count=len(rows),
        scores=scores,
        baseline=baseline,
        written=written,
        breakdown=breakdown,
        notes=notes,
    )


def _file_for(run: RunFolder, rows: str, weights: WhichWeights) -> Path:
    """Return where the scores go: what was found out about other rows or weights stays."""
    path = run.evaluations / f"{rows}_{weights}.json"
    for number in count(2):
        if rows in SPLITS or not path.exists():
            break
        path = run.evaluations / f"{rows}_{weights}_{number}.json"
    return path


def _load(restored: RestoredRun, path: Path, report: Report) -> Dataset:
    data = restored.data
    with reading_as_trained():
        dataset, _ = load_table(path, restored.preprocessing, data.dialect, report)
    return dataset


def own_rows(restored: RestoredRun, run: RunFolder) -> dict[str, Dataset]:
    """Read the run's tables again and take each split's rows.

    Raises:
        DataError: a table isn't the one that was trained on.
    """
    directory = restored.loaded.directory
    data = restored.data
    shares = {"validation": data.validation, "test": data.test}
    files = {"train": data.train} | {n: s for n, s in shares.items() if isinstance(s, str)}
    loaded = {
        file: _unchanged(restored, run, beside(directory, file)) for file in set(files.values())
    }
    splits = {}
    refuse_changed(run.splits, read_record(run.record))
    for split, rows in read_splits(run.splits).items():
        dataset = loaded[files.get(split, data.train)]
        try:
            splits[split] = dataset.select(rows)
        except IndexError:
            raise RunError(
                f"{run.splits} is damaged: {dataset.path} has {len(dataset)} rows"
            ) from None
    if "train" not in splits:
        raise RunError(f"{run.splits} is damaged: it has no training rows")
    return splits


def _unchanged(restored: RestoredRun, run: RunFolder, path: Path) -> Dataset:
    if not is_unchanged(path, read_record(run.record)):
        raise DataError(
            f"{path} has changed since {run.name} was trained on it, so its splits no longer hold; "
            "bring the table back, or score the run on a table of its own with "
            "`evaluate --data FILE`"
        )
    return _load(restored, path, Report())
