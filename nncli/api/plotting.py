"""plot: a run's pictures drawn again from its files, or the curves of several in one picture.

Imports matplotlib: imported only where pictures are drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from threadpoolctl import threadpool_limits

from nncli.api.evaluation import own_rows
from nncli.api.pictures import draw_predictions
from nncli.api.restoring import restore
from nncli.api.runs import titles_of
from nncli.errors import DataError, RunError
from nncli.reporting import plots
from nncli.runs.epoch_log import read_epochs, read_history
from nncli.runs.folder import RunFolder
from nncli.runs.record import read_record
from nncli.training.history import History
from nncli.training.scoring import Scorer


@dataclass(frozen=True)
class Drawn:
    """Pictures, and why there are no more of them."""

    paths: list[Path]
    notes: tuple[str, ...] = ()


def draw_again(run: RunFolder, folder: Path | None = None) -> Drawn:
    """Draw the pictures of one run into `folder`, by default where training put them.

    Where its rows can't be predicted again, as when the table has changed, only the curves.

    Raises:
        RunError: no epoch is known, or the folder can't be written.
    """
    folder = folder or run.plots
    history = _history(run)
    best_epoch = read_record(run.record).get("best_epoch")
    with _writing(folder):
        paths = plots.draw_history(folder, history.columns, history.rows, best_epoch)
        if run.sizes.exists():
            paths += plots.draw_sizes(folder, *read_epochs(run.sizes))
    try:
        restored = restore(run, None)
        splits = own_rows(restored, run)
    except (DataError, RunError) as error:
        return Drawn(paths, (f"only the curves are drawn: {error}",))
    with _writing(folder), threadpool_limits(limits=1, user_api="blas"):  # as in training
        config, preprocessing = restored.config, restored.preprocessing
        scorer = Scorer(restored.model, config.metrics, preprocessing.undo)
        paths += draw_predictions(folder, scorer, config, preprocessing, splits)
    return Drawn(paths)


def draw_together(runs: Sequence[RunFolder], folder: Path) -> Drawn:
    """Draw the curves of several runs into `folder`, a picture for each metric.

    Raises:
        RunError: no epoch of one is known, or the folder is itself a run or can't be written.
    """
    if RunFolder(folder).record.exists():
        raise RunError(f"{folder} is a run; name another folder for the pictures with -o")
    histories = dict(zip(titles_of(runs), map(_history, runs), strict=True))
    with _writing(folder):
        return Drawn(plots.draw_together(folder, histories))


def _history(run: RunFolder) -> History:
    history = read_history(run.metrics) if run.metrics.exists() else History([])
    if not history.rows:
        raise RunError(f"there is nothing to draw of {run.path}: no epoch of it has ended")
    return history


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or error
        raise RunError(
            f"can't write pictures to {folder}: {reason}; choose another with -o"
        ) from None
