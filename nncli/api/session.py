"""The course of a training, new or resumed, from the next step to the pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypedDict, Unpack

from nncli.api.interrupts import interruptible
from nncli.api.recording import Recorder
from nncli.config.schema import Config
from nncli.data.preparation import Prepared
from nncli.errors import RunError, TrainingError
from nncli.reporting.profile import profile_text
from nncli.runs.folder import RunFolder
from nncli.runs.record import end
from nncli.runs.store import write_json, write_text
from nncli.training.baseline import baseline_scores
from nncli.training.history import History
from nncli.training.loop import Trainer
from nncli.training.observer import Observer, Observers
from nncli.training.profiling import profile


@dataclass(frozen=True, kw_only=True)
class TrainingOutcome:
    """What a training has come to."""

    run: RunFolder
    config: Config
    history: History
    results: Mapping[str, Any]
    """The contents of results.json."""
    stop_reason: str | None
    """Why it ended before its time, if it did."""
    interrupted: bool
    monitor: str
    """The column that chose the best epoch."""
    directions: Mapping[str, str]
    """Of each column, whether more ("up") or less ("down") is better."""
    seconds: float
    """How long the training itself took, the time before a resumption included."""
    notes: tuple[str, ...]
    """What is odd about the tables, a sentence each."""


class Watching(TypedDict, total=False):
    """How a training is watched, and what is left of it beside its weights."""

    observer: Observer
    """Told what happens."""
    max_seconds: float | None
    """Training ends after so long, as if interrupted, but finished."""
    plots: bool
    """Whether pictures are drawn; they are unless it is False."""
    profiled: bool
    """Whether the time of every layer is measured, for profile.txt."""


def carry_out(
    folder: RunFolder,
    config: Config,
    trainer: Trainer,
    prepared: Prepared,
    *,
    seconds_before: float = 0.0,
    **watching: Unpack[Watching],
) -> TrainingOutcome:
    """Train to the end, and write down what came of it.

    Raises:
        TrainingError: the loss is not finite, or the disk is full; the run is marked as failed.
    """
    profiling = profile(trainer) if watching.get("profiled") else None
    recorder = Recorder(folder, seconds_before)
    trainer.observer = Observers(recorder, watching.get("observer") or Observer())
    try:
        with interruptible(trainer):
            trainer.fit(config.epochs, max_seconds=watching.get("max_seconds"))
            interrupted = trainer.interrupted  # a Ctrl-C from here on changes nothing
            facts = _ending(trainer, recorder)
            recorder.save_weights()
            results = _results(trainer, config, prepared)
            write_json(folder.results, results)
            if profiling is not None:
                steps = max(1, trainer.optimizer.iterations)
                write_text(folder.profile, profile_text(profiling, steps) + "\n")
            end(folder.record, "interrupted" if interrupted else "finished", facts)
    except (TrainingError, RunError) as error:
        kept = recorder.salvage(str(error), _ending(trainer, recorder))
        raise TrainingError(f"{error}\n{kept}") from None
    except BaseException as error:
        recorder.mark_failed(repr(error), _ending(trainer, recorder))
        raise
    if watching.get("plots", True):  # the run has ended well by now, whatever becomes of these
        _draw(folder, config, trainer, prepared)
    return TrainingOutcome(
        run=folder,
        config=config,
        history=trainer.history,
        results=results,
        stop_reason=trainer.stop_reason,
        interrupted=interrupted,
        monitor=trainer.best.monitor,
        directions=trainer.directions,
        seconds=facts["seconds"],
        notes=prepared.notes,
    )


def _ending(trainer: Trainer, recorder: Recorder) -> dict[str, Any]:
    return {
        "seconds": recorder.seconds,
        "epochs": trainer.history.epochs,
        "best_epoch": trainer.best_epoch or None,
        "stopped": trainer.stop_reason,
    }


def _results(trainer: Trainer, config: Config, prepared: Prepared) -> dict[str, Any]:
    """Score the weights that evaluate and predict will take: best where there was validation."""
    weights = trainer.chosen
    with trainer.best.using(weights):
        scores = {
            name: trainer.scorer.evaluate(rows, config.batch_size)
            for name, rows in prepared.splits.items()
        }
    baseline = {
        name: baseline_scores(trainer.scorer, prepared.train, rows)
        for name, rows in prepared.splits.items()
    }
    return {
        **scores,
        "baseline": baseline,
        "weights": weights,
        "weights_epoch": trainer.best_epoch if weights == "best" else trainer.weights_epoch,
        "best_epoch": trainer.best_epoch or None,
    }


def _draw(folder: RunFolder, config: Config, trainer: Trainer, prepared: Prepared) -> None:
    from nncli.api.pictures import draw_run  # matplotlib takes half a second to import

    try:
        with interruptible(trainer):
            draw_run(folder, config, trainer, prepared)
    except (OSError, RunError) as error:
        reason = getattr(error, "strerror", None) or error
        raise TrainingError(
            f"the run {folder.path} is complete but for its pictures: can't write {folder.plots}: "
            f"{reason}; leave them out with --no-plots"
        ) from None
