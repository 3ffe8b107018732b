"""What may befall a training from outside: in each case one message, and a run that goes on."""

from __future__ import annotations

import errno
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from nncli.training.loop import Trainer
from tests.cli.conftest import Run

TRAIN = ("train", "points.yaml", "-q", "--no-plots", "-s", "checkpoint.every=2 epochs")
RESUME = ("train", "--resume", "points", "-q", "--no-plots")
LONG = (*TRAIN[:4], "--epochs", "1000000")
SAME = (
    "metrics.csv",
    "sizes.csv",
    "weights/best.safetensors",
    "weights/last.safetensors",
    "results.json",
)


@pytest.fixture
def whole(run: Run, folder: Path) -> Path:
    assert run(*TRAIN, "-n", "whole").code == 0
    return folder / "runs" / "whole"


def assert_goes_on(run: Run, folder: Path, whole: Path) -> None:
    """Resume the run, or begin anew where it was none yet; it comes to what it would have."""
    points = folder / "runs" / "points"
    answer = run(*(RESUME if points.exists() else TRAIN))
    assert answer.code == 0 or "has 5 epochs behind it" in answer.errors
    for name in SAME:
        assert (points / name).read_bytes() == (whole / name).read_bytes(), name


@pytest.mark.parametrize("good_writes", range(0, 44, 3))
def test_disk_full_at_any_write(
    run: Run, folder: Path, whole: Path, monkeypatch: pytest.MonkeyPatch, good_writes: int
) -> None:
    left, sync = good_writes, os.fsync

    def fill(descriptor: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        sync(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fill)
        answer = run(*TRAIN)
    if answer.code:
        assert "can't write runs" in answer.errors or "in runs: No space" in answer.errors
        assert "No space left on device" in answer.errors
        assert "Traceback" not in answer.errors
    else:
        assert left >= 0
    assert_goes_on(run, folder, whole)


def at_epoch(monkeypatch: pytest.MonkeyPatch, number: int, act: Any) -> None:
    end_epoch = Trainer._end_epoch

    def acting(self: Trainer, epoch: int) -> None:
        end_epoch(self, epoch)
        if epoch == number:
            act()

    monkeypatch.setattr(Trainer, "_end_epoch", acting)


def test_a_folder_that_is_deleted_is_not_made_again(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_epoch(monkeypatch, 2, lambda: shutil.rmtree(folder / "runs/points"))
    answer = run(*TRAIN)
    assert (answer.code, answer.output) == (1, "")
    assert answer.errors == (
        "Error: can't write runs/points/metrics.csv: its folder was deleted or moved meanwhile\n"
        "Nothing is left of the run runs/points: its folder was deleted or moved\n"
    )
    assert not (folder / "runs/points").exists()


def test_a_step_without_memory_leaves_a_run_that_goes_on(
    run: Run, folder: Path, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        at_epoch(patch, 3, fail)
        answer = run(*TRAIN)
    assert answer.code == 1
    assert answer.errors.startswith("Error: there is not enough memory; a smaller batch_size")
    assert_goes_on(run, folder, whole)


def test_the_clock_may_be_set_back(
    run: Run, folder: Path, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = iter(range(10**9, 0, -1))
    with monkeypatch.context() as patch:
        patch.setattr(time, "time", lambda: next(now))
        patch.setattr(
            "nncli.runs.record._now", lambda: f"19{next(now) % 100:02}-01-01T00:00:00+00:00"
        )
        run(*TRAIN, "--epochs", "3")
    assert run(*RESUME, "--epochs", "5").code == 0
    for name in SAME:
        assert (folder / "runs/points" / name).read_bytes() == (whole / name).read_bytes()


Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start(folder: Path) -> Iterator[Start]:
    """Start processes of nncli, none of which outlives the test."""
    processes: list[subprocess.Popen[bytes]] = []

    def started(*arguments: str, **options: Any) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "nncli", *arguments]
        pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL} | options
        processes.append(subprocess.Popen(command, cwd=folder, **pipes))
        return processes[-1]

    yield started
    for process in processes:
        process.kill()
        process.wait()


def wait_for(path: Path) -> None:
    deadline = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="there is no such signal here")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_signals_end_in_order(folder: Path, start: Start, name: str) -> None:
    process = start(*LONG, stderr=subprocess.PIPE)
    wait_for(folder / "runs/points/metrics.csv")
    time.sleep(0.1)
    process.send_signal(getattr(signal, name))
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (130, b"")
    record = json.loads((folder / "runs/points/run.json").read_text(encoding="utf-8"))
    assert record["status"] == "interrupted"
    assert list((folder / "runs/points/checkpoint").glob("*.safetensors"))


@pytest.mark.parametrize("progress", ["bar", "lines"])
def test_a_terminal_that_goes_away_costs_nothing(folder: Path, start: Start, progress: str) -> None:
    ours, theirs = pty.openpty()
    flags = [*LONG[:2], *LONG[3:], "--progress", progress]
    process = start(*flags, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True)
    os.close(theirs)
    wait_for(folder / "runs/points/run.json")  # nobody reads: lines soon have no more room
    os.close(ours)
    time.sleep(0.5)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=60) == 130
    record = json.loads((folder / "runs/points/run.json").read_text(encoding="utf-8"))
    assert record["status"] == "interrupted"


def test_runs_that_start_together_share_no_folder(folder: Path, start: Start) -> None:
    processes = [start(*TRAIN) for _ in range(2)]
    assert [process.wait(timeout=120) for process in processes] == [0, 0]
    names = {path.name for path in (folder / "runs").iterdir()}
    assert names == {"points", "points-2"}
    contents = {(folder / "runs" / name / "metrics.csv").read_bytes() for name in names}
    assert len(contents) == 1


def test_of_two_that_resume_a_run_one_is_refused(run: Run, folder: Path, start: Start) -> None:
    further = ("--json", "--no-plots", "--epochs", "600")
    assert run("train", "points.yaml", "-n", "whole", *further).code == 0
    assert run(*TRAIN).code == 0
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    both = [start("train", "--resume", "points", *further, **pipes) for _ in range(2)]
    while all(process.poll() is None for process in both):  # who trains waits to be read
        time.sleep(0.01)
    refused, other = sorted(both, key=lambda process: process.poll() is None)
    assert refused.communicate() == (
        b"",
        b"Error: the run runs/points is being trained by another process\n",
    )
    other.communicate(timeout=60)
    assert (refused.returncode, other.returncode) == (2, 0)
    for name in SAME:
        ours, wanted = (folder / "runs" / who / name for who in ("points", "whole"))
        assert ours.read_bytes() == wanted.read_bytes(), name
