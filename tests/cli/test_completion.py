"""What shells are told may follow on the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nncli.cli.completing import configs, run_names, set_paths
from tests.cli.conftest import Run


def test_paths_of_set_come_from_the_schema() -> None:
    assert set_paths("optimizer.learning_r") == [
        "optimizer.learning_rate.",
        "optimizer.learning_rate=",
        "optimizer.learning_rate_power=",
    ]
    assert set_paths("epo") == ["epochs="]
    assert set_paths("data.sca") == ["data.scale="]
    assert set_paths("layers.") == ["layers.0.", "layers.0="]
    assert set_paths("layers.3.unit") == ["layers.3.unit_forget_bias=", "layers.3.units="]
    assert set_paths("nothing.like.it") == []


def test_configs_and_runs(run: Run, folder: Path, trained: str) -> None:
    assert configs("") == ["points.yaml", "runs/"]
    assert configs("./po") == ["points.yaml"]
    assert configs("nowhere/") == []
    assert run_names("po") == ["points"]
    assert run_names("x") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_for_each_shell(run: Run, shell: str) -> None:
    answer = run("completion", shell)
    assert (answer.code, answer.errors) == (0, "")
    assert "_NNCLI_COMPLETE" in answer.output


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("nncli ev", ["evaluate"]),
        ("nncli train po", ["points.yaml"]),
        ("nncli train points.yaml --set optimizer.ty", ["optimizer.type="]),
        ("nncli runs sh", ["show"]),
    ],
)
def test_bash_asks_a_process_of_its_own(folder: Path, line: str, offered: list[str]) -> None:
    words = line.split()
    asked = {
        "_NNCLI_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }
    code = (
        "import sys\nfrom nncli.__main__ import main\ntry:\n    main()\nfinally:\n"
        "    heavy = {'numpy', 'pandas', 'matplotlib', 'pydantic'} & set(sys.modules)\n"
        "    print(*heavy, file=sys.stderr)"
    )
    answer = subprocess.run(
        [sys.executable, "-P", "-c", code],
        env={**os.environ, **asked, "PYTHONPATH": os.pathsep.join(sys.path)},
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert answer.stdout.split() == offered
    assert answer.stderr.strip() == ""
