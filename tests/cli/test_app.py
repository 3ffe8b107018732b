"""The frame: help, version, exit codes, and that nothing heavy is loaded for help."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import nncli
from nncli.cli import app
from nncli.errors import DataError, TrainingError
from tests.cli.conftest import Run

COMMANDS = ("train", "evaluate", "summary", "predict")
HEAVY = {"numpy", "pandas", "pydantic", "matplotlib", "rich", "yaml", "safetensors"}
MODULES_AFTER = """
import json, sys
from nncli.cli.app import main
sys.argv = ["nncli", *json.loads(sys.argv[1])]
try:
    main()
except SystemExit as ended:
    assert not ended.code, ended.code
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], *([command, "--help"] for command in COMMANDS)]
)
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", MODULES_AFTER, json.dumps(arguments)],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(json.loads(answer.stdout.splitlines()[-1]))
    assert "typer" in loaded
    assert not loaded & HEAVY


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"nncli {nncli.__version__}\n", "")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_examples(run: Run, command: str) -> None:
    answer = run(command, "--help")
    assert answer.code == 0
    assert f"\n  nncli {command}" in answer.output
    assert command in run("--help").output


@pytest.mark.parametrize(
    "arguments", [["foo"], ["train"], ["train", "c.yaml", "--foo"], ["evaluate", "--weights", "x"]]
)
def test_wrong_usage(run: Run, arguments: list[str]) -> None:
    answer = run(*arguments)
    assert (answer.code, answer.output) == (2, "")
    assert "Usage: nncli" in answer.errors


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (DataError("a.csv is empty"), 2, "Error: a.csv is empty\n"),
        (TrainingError("the loss is nan"), 1, "Error: the loss is nan\n"),
        (
            MemoryError(),
            1,
            "Error: there is not enough memory; a smaller batch_size or network needs less\n",
        ),
    ],
)
def test_errors_become_messages(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: Exception, code: int, message: str
) -> None:
    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr(app, "app", fail)
    assert run() == (code, "", message)


INTERRUPTED_IMPORT = """
import os, sys
from importlib.abc import MetaPathFinder

wanted, number = sys.argv[1], int(sys.argv[2])

class Interrupt(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == wanted:
            os.kill(os.getpid(), number)

sys.meta_path.insert(0, Interrupt())
from nncli.__main__ import main
sys.argv = ["nncli", "summary", "points.yaml"]
main()
"""


@pytest.mark.parametrize("module", ["typer", "numpy"])
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_interrupted_while_importing(folder: Path, module: str, name: str) -> None:
    number = getattr(signal, name, None)
    if number is None:
        pytest.skip("there is no such signal here")
    answer = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_IMPORT, module, str(int(number))],
        capture_output=True,
        text=True,
        check=False,
    )
    expected = (128 + number, "", "interrupted\n")
    assert (answer.returncode, answer.stdout, answer.stderr) == expected


def test_nobody_reads_on(folder: Path) -> None:
    """As `nncli train points.yaml | head -0`: the run is done all the same."""
    reader, writer = os.pipe()
    os.close(reader)
    answer = subprocess.run(
        [sys.executable, "-m", "nncli", "train", "points.yaml", "--no-plots"],
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writer)
    assert (answer.returncode, answer.stderr) == (0, "")
    record = json.loads((folder / "runs/points/run.json").read_text(encoding="utf-8"))
    assert record["status"] == "finished"


def test_problems_of_a_config_begin_with_their_place(run: Run, folder: Path) -> None:
    (folder / "bad.yaml").write_text("epochs: 0\nseed: x\n", encoding="utf-8")
    assert run("train", "bad.yaml").errors.endswith(
        "bad.yaml:2:1: seed: expected a whole number, got 'x'\n     2 | seed: x\n       | ^^^^\n"
    )
