"""train --resume: a run taken up where its checkpoint is, from its folder alone.

It comes to the same bytes as if it had never been left, so tables, settings and versions must be
those that it began with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Unpack

from threadpoolctl import threadpool_limits

from nncli.api.changes import changed_settings, changed_tables, changed_versions
from nncli.api.opening import reopen_run
from nncli.api.session import TrainingOutcome, Watching, carry_out
from nncli.api.training import make_trainer, prepare_training
from nncli.config.loading import LoadedConfig
from nncli.data.naming import counted
from nncli.engine.state import State
from nncli.errors import RunError
from nncli.runs.checkpoints import load_checkpoint
from nncli.runs.folder import RunFolder
from nncli.runs.lock import locked
from nncli.runs.record import read_record
from nncli.training.loop import Trainer
from nncli.training.observer import Observer

_SHOWN = 5


def resume(
    run: RunFolder,
    loaded: LoadedConfig,
    *,
    further: bool = False,
    changed: bool = False,
    threads: int | None = None,
    **watching: Unpack[Watching],
) -> TrainingOutcome:
    """Go on with a run that was interrupted or killed, or train a finished one further.

    Arguments:
        run: its folder.
        loaded: its config.yaml, perhaps with another number of epochs.
        further: whether it goes on though it ended by itself.
        changed: whether it goes on though tables, settings or versions are others.
        threads: in how many threads replicas run; by default one each.
        watching: see session.py.

    Raises:
        RunError: the run is trained by another process, or has nothing left to do, or something
            has changed, or is damaged.
        ConfigError, DataError, ShapeError, TrainingError: as in training.
    """
    config = loaded.config
    tell = (watching.get("observer") or Observer()).on_notice
    with locked(run), loaded.locating(), threadpool_limits(limits=1, user_api="blas"):
        record = read_record(run.record)
        if not changed and (changes := _changes(record, loaded)):
            raise RunError(_refusal(run, changes))
        kept, damages = load_checkpoint(run.checkpoint)
        for damage in damages:
            tell(damage)
        model, prepared = prepare_training(config, loaded.directory)
        trainer = make_trainer(config, model, prepared, threads)
        with _fitting(run):
            state: State | None = kept and kept["trainer"]
            seconds = float(kept["seconds"]) if kept else 0.0
            _refuse_if_done(run, record, state, config.epochs, further=further)
            if state is not None:
                trainer.load_state(state)
                if further and trainer.stop_reason is not None:
                    _go_further(trainer)
        epochs = trainer.history.epochs
        if state is None:
            tell(f"{run.path} has no checkpoint yet: it starts once more, from its seed")
        else:
            tell(f"{run.path} goes on after epoch {epochs}")
        reopen_run(run, config, model, prepared, trainer=trainer, epochs=epochs)
        return carry_out(run, config, trainer, prepared, seconds_before=seconds, **watching)


def _changes(record: Mapping[str, Any], loaded: LoadedConfig) -> list[str]:
    """Return what isn't as it was when the run began."""
    changes = [*changed_versions(record), *changed_settings(record, loaded)]
    if loaded.config.data is not None:
        changes += changed_tables(record, loaded.config.data, loaded.directory)
    return changes


def _refusal(run: RunFolder, changes: list[str]) -> str:
    shown = "; ".join(changes[:_SHOWN])
    more = f"; and {len(changes) - _SHOWN} more" if len(changes) > _SHOWN else ""
    return (
        f"{run.path} would not come to the numbers it was started for, since this has changed: "
        f"{shown}{more}; change it back, or go on all the same with --allow-changes"
    )


def _refuse_if_done(
    run: RunFolder,
    record: Mapping[str, Any],
    state: State | None,
    epochs: int,
    *,
    further: bool,
) -> None:
    finished = record["status"] == "finished"
    if state is None:
        if finished:
            raise RunError(
                f"the finished run {run.path} has lost its checkpoint, so it can't be trained "
                f"further; train it anew with `nncli train {run.config}`"
            )
        return
    done = len(state["history"])
    if epochs < done or (finished and epochs == done):
        raise RunError(
            f"{run.path} has {counted(done, 'epoch')} behind it; train it further with "
            f"--epochs and a number above {done}"
        )
    if finished and state["stopped"] is not None and not further:
        raise RunError(
            f"{run.path} ended by itself after epoch {done}: {state['stopped']}; "
            f"train it further all the same with --epochs and a number above {done}"
        )


def _go_further(trainer: Trainer) -> None:
    """Let a training that ended by itself go on."""
    trainer.stop_reason = None
    for callback in trainer.callbacks:
        callback.on_train_further()


@contextmanager
def _fitting(run: RunFolder) -> Iterator[None]:
    """Turn what is raised where a state is of another training into a message."""
    try:
        yield
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise RunError(
            f"the checkpoint in {run.checkpoint} is not one of this training: {error}"
        ) from None
