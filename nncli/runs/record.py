"""run.json: what a run was, and how far it got. A run is `running` until its record says otherwise,
so that one that was killed half way can never pass for a result.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from nncli.errors import RunError
from nncli.runs.store import read_json, write_json

Outcome = Literal["finished", "interrupted", "failed"]
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
    return record


def ended_with_result(record: Mapping[str, Any]) -> bool:
    """Whether the run has weights to go on with: it finished, or was stopped and saved."""
    return record["status"] in ("finished", "interrupted")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
