"""Runs a command as a process of its own and notes its time and its peak memory.

Only the standard library is imported: on Linux a child's peak counts what its parent had when it
was forked, so whoever measures must stay small.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

_HELD_BACK = ("PYTHONDONTWRITEBYTECODE", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
"""What a machine may have set for other reasons, as OpenBLAS's for the sake of old builds of it."""


@dataclass(frozen=True)
class Side:
    """One who does the work: a command, its environment, the name in the report."""

    name: str
    command: Sequence[str | Path]
    environment: Mapping[str, str]


@dataclass(frozen=True)
class Run:
    """One process, measured."""

    wall: float
    """Seconds from start to end."""
    peak: int
    """The most memory it held, in bytes."""
    load: float
    """Processes that wanted a core when it started, as the kernel's one-minute average says."""
    printed: dict[str, Any]
    """The JSON of its last line; empty where there is none."""

    @property
    def epoch(self) -> float | None:
        """The median of the timed parts but the first, which compiles and warms up."""
        seconds = self.printed.get("seconds")
        return median(seconds[1:] or seconds) if seconds else None

    def to_json(self) -> dict[str, Any]:
        """Return what the report needs."""
        others = {key: value for key, value in self.printed.items() if key != "seconds"}
        return {
            "wall": self.wall,
            "peak": self.peak,
            "load": self.load,
            "epoch": self.epoch,
            **others,
        }


def measure(side: Side) -> Run:
    """Run once. A command that fails ends everything, with what it said."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        started = perf_counter()
        process = subprocess.Popen(
            [str(part) for part in side.command],
            env={**environment(), **side.environment},
            stdout=out,
            stderr=err,
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode:
            raise SystemExit(f"{side.name} failed:\n{err.read().decode()}")
        lines = out.read().decode().splitlines()
    printed = json.loads(lines[-1]) if lines and lines[-1].startswith("{") else {}
    return Run(wall, usage.ru_maxrss * 1024, load, printed)


def environment() -> dict[str, str]:
    """Return the environment of all sides: Python may keep what it compiles, as it does for users,
    and OpenBLAS takes the kernels made for the processor, as MKL and oneDNN do on their side."""
    return {name: value for name, value in os.environ.items() if name not in _HELD_BACK}


def play(sides: Sequence[Side], rounds: int) -> dict[str, list[dict[str, Any]]]:
    """Let all sides run in turn, A B C A B C.

    A peer that takes twice as long as the best of them runs in one round only.
    """
    runs: dict[str, list[Run]] = {side.name: [] for side in sides}
    for turn in range(rounds):
        for side in sides:
            if turn and _is_hopeless(side, sides, runs):
                continue
            runs[side.name].append(measure(side))
            print(f"  {side.name:24} {_shown(runs[side.name][-1])}", flush=True)
    return {name: [run.to_json() for run in done] for name, done in runs.items()}


def _is_hopeless(side: Side, sides: Sequence[Side], runs: Mapping[str, Sequence[Run]]) -> bool:
    """Whether the first round leaves it no chance to be the best, in training or as a whole."""
    first = runs[side.name][0]
    others = [runs[other.name][0] for other in sides if is_peer(other.name)]
    if not is_peer(side.name) or first.epoch is None:
        return False
    best_epoch = min(run.epoch for run in others if run.epoch is not None)
    best_wall = min(run.wall for run in others)
    return first.epoch > 2 * best_epoch and first.wall > 1.5 * best_wall


def is_peer(name: str) -> bool:
    """Whether a side is not nncli's own."""
    return not name.startswith("nncli")


def _shown(run: Run) -> str:
    epoch = f"{run.epoch:.6f} s an epoch, " if run.epoch else ""
    return f"{epoch}{run.wall:.2f} s and {run.peak / 2**20:.0f} MB in all, load {run.load:.1f}"
