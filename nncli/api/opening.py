"""Makes a run's folder, with all that is known before the first step, or opens it once more."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from nncli.api.environment import command_line, environment, git_commit
from nncli.config.loading import LoadedConfig
from nncli.config.resolving import moved, resolved
from nncli.config.schema import Config
from nncli.data.preparation import Prepared
from nncli.engine.model import Model
from nncli.reporting.summary import summary_text
from nncli.runs.folder import RunFolder
from nncli.runs.record import begin, begin_again, checksum
from nncli.runs.splits import write_splits
from nncli.runs.store import (
    remove_leftovers,
    removed_on_failure,
    write_bytes,
    write_json,
    write_text,
)
from nncli.runs.yaml_text import to_yaml
from nncli.training.loop import Trainer


def open_run(
    loaded: LoadedConfig,
    config: Config,
    model: Model,
    prepared: Prepared,
    *,
    runs_dir: Path,
    name: str | None,
    trainer: Trainer,
) -> RunFolder:
    """Return the folder of a run that is about to start.

    Raises:
        RunError: it can't be written; nothing of it is left then.
    """
    folder = RunFolder.create(runs_dir, name or loaded.name)
    relocated = moved(config, loaded.directory.resolve(), folder.path.resolve())
    settings = resolved(replace(relocated, name=folder.name))
    origin = {
        "command": command_line(),
        "config": str(loaded.path.resolve()) if loaded.path else None,
        "git_commit": git_commit(loaded.directory.resolve()),
    }
    with removed_on_failure(folder.path):
        write_bytes(folder.source_config, loaded.source)
        files = _write_setup(folder, settings, model, prepared)
        # The record comes last: a folder without it is no run yet.
        begin(folder.record, origin | _facts(settings, prepared, trainer) | files)
    return folder


def reopen_run(
    folder: RunFolder,
    config: Config,
    model: Model,
    prepared: Prepared,
    *,
    trainer: Trainer,
    epochs: int,
) -> None:
    """Get the folder of a run ready that goes on after so many epochs.

    Raises:
        RunError: it can't be written.
    """
    remove_leftovers(folder.path)
    settings = resolved(config)
    files = _write_setup(folder, settings, model, prepared)
    begin_again(folder.record, epochs, _facts(settings, prepared, trainer) | files)


def _facts(settings: dict[str, Any], prepared: Prepared, trainer: Trainer) -> dict[str, Any]:
    return {
        "data": [
            {"path": str(file.path.resolve()), "sha256": file.sha256, "rows": file.rows}
            for file in prepared.files
        ],
        "rows": {name: len(rows) for name, rows in prepared.splits.items()},
        "seed": settings["seed"],
        "replicas": settings["replicas"],
        "threads": trainer.stepper.threads,
        "directions": trainer.directions,
        **environment(),
        "settings": settings,
    }


def _write_setup(
    folder: RunFolder, settings: dict[str, Any], model: Model, prepared: Prepared
) -> dict[str, Any]:
    """Write what follows from config and tables; return the checksums of what is read again."""
    write_text(folder.config, to_yaml(settings))
    write_text(folder.summary, summary_text(model) + "\n")
    write_json(folder.preprocessing, prepared.preprocessing.to_json())
    rows = ((row, split, path.name) for path, row, split in prepared.assignments())
    write_splits(folder.splits, rows)
    return {"files": {file.name: checksum(file) for file in (folder.preprocessing, folder.splits)}}
