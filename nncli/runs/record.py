"""run.json: what a run was, and how far it got. A run is `running` until its record says otherwise,
so that one that was killed half way can never pass for a result.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path
from typing import Any, Literal, get_args

from nncli.errors import RunError
from nncli.runs.store import read_json, reading, write_json

Outcome = Literal["finished", "interrupted", "failed"]
_KINDS = {"data": list, "files": dict, "settings": dict, "versions": dict}
Status = Literal["running", "finished", "interrupted", "failed"]


def begin(path: Path, facts: Mapping[str, Any]) -> None:
    """Write the record of a run that starts now: status, time, then `facts` (JSON values)."""
    write_json(path, {"status": "running", "started": _now(), **facts})


def begin_again(path: Path, epochs: int, facts: Mapping[str, Any]) -> None:
    """Let the record say `running` once more, after so many epochs; `facts` replace older ones."""
    record = read_record(path)
    for name in ("ended", "error", "stopped"):
        record.pop(name, None)
    resumed = [*record.get("resumed", []), {"at": _now(), "after_epochs": epochs}]
    write_json(path, {**record, **facts, "status": "running", "resumed": resumed})


def end(path: Path, outcome: Outcome, facts: Mapping[str, Any]) -> None:
    """Add how the run ended, when, and further `facts` to the record that `begin` wrote."""
    write_json(path, read_record(path) | {"status": outcome, "ended": _now(), **facts})


def read_record(path: Path) -> dict[str, Any]:
    """Return the record; its `status` is a valid one, and what ended says when.

    Raises:
        RunError: it is missing or damaged.
    """
    record = read_json(path)
    if record.get("status") not in get_args(Status):
        raise RunError(f"{path} is damaged: it doesn't say whether the run finished")
    if record["status"] != "running" and not isinstance(record.get("ended"), str):
        raise RunError(f"{path} is damaged: it doesn't say when the run ended")
    for name, kind in _KINDS.items():
        if not isinstance(record.get(name, kind()), kind):
            raise RunError(f"{path} is damaged: its {name} can't be used")
    if not all(isinstance(file, dict) for file in record.get("data", [])):
        raise RunError(f"{path} is damaged: its data can't be used")
    return record


def refuse_changed(file: Path, record: Mapping[str, Any]) -> None:
    """Compare one of a run's files with its checksum, if the record has one.

    Raises:
        RunError: the file is missing, or isn't what was written.
    """
    if record.get("files", {}).get(file.name, checksum(file)) != checksum(file):
        raise RunError(f"{file} is damaged: by its checksum in run.json, it isn't what was written")


def checksum(file: Path) -> str:
    """Return a digest of a file's bytes.

    Raises:
        RunError: it can't be read.
    """
    with reading(file), file.open("rb") as content:
        return f"sha256:{file_digest(content, 'sha256').hexdigest()}"


def ended_with_result(record: Mapping[str, Any]) -> bool:
    """Whether the run has weights to go on with: it finished, or was stopped and saved."""
    return record["status"] in ("finished", "interrupted")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
