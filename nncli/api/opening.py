"""Makes a run's folder, with all that is known before the first step."""

from __future__ import annotations

import shutil
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
from nncli.runs.record import begin
from nncli.runs.splits import write_splits
from nncli.runs.store import write_bytes, write_json, write_text
from nncli.runs.yaml_text import to_yaml


def open_run(
    loaded: LoadedConfig,
    config: Config,
    model: Model,
    prepared: Prepared,
    *,
    runs_dir: Path,
    name: str | None,
    threads: int,
) -> RunFolder:
    """Return the folder of a run that is about to start.

    Raises:
        RunError: it can't be written; nothing of it is left then.
    """
    folder = RunFolder.create(runs_dir, name or loaded.name)
    try:
        work = {"seed": config.seed, "replicas": config.replicas, "threads": threads}
        begin(folder.record, _facts(loaded, prepared) | work | environment())
        _write_setup(folder, loaded, config, model, prepared)
    except BaseException:
        shutil.rmtree(folder.path, ignore_errors=True)
        raise
    return folder


def _facts(loaded: LoadedConfig, prepared: Prepared) -> dict[str, Any]:
    return {
        "command": command_line(),
        "config": str(loaded.path.resolve()) if loaded.path else None,
        "git_commit": git_commit(loaded.directory.resolve()),
        "data": [
            {"path": str(file.path.resolve()), "sha256": file.sha256, "rows": file.rows}
            for file in prepared.files
        ],
        "rows": {name: len(rows) for name, rows in prepared.splits.items()},
    }


def _write_setup(
    folder: RunFolder, loaded: LoadedConfig, config: Config, model: Model, prepared: Prepared
) -> None:
    """Write what is known before the first step."""
    relocated = moved(config, loaded.directory.resolve(), folder.path.resolve())
    write_bytes(folder.source_config, loaded.source)
    write_text(folder.config, to_yaml(resolved(replace(relocated, name=folder.name))))
    write_text(folder.summary, summary_text(model) + "\n")
    write_json(folder.preprocessing, prepared.preprocessing.to_json())
    rows = ((row, split, path.name) for path, row, split in prepared.assignments())
    write_splits(folder.splits, rows)
