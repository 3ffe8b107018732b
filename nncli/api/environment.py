"""What a run was made with: for run.json, so that its numbers can be understood later."""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_info

import nncli


def environment() -> dict[str, Any]:
    """Return versions, the linear algebra library and the processor, as JSON values."""
    blas = [
        {name: library[name] for name in ("internal_api", "version", "architecture")}
        for library in threadpool_info()
        if library["user_api"] == "blas"
    ]
    return {
        "versions": {
            "nncli": nncli.__version__,
            "python": platform.python_version(),
            "numpy": np.__version__,
        },
        "blas": blas,
        "platform": platform.platform(),
    }


def git_commit(folder: Path) -> str | None:
    """Return the commit that the folder is at, None where it is in no repository."""
    if not any((parent / ".git").exists() for parent in (folder, *folder.parents)):
        return None
    try:
        answer = subprocess.run(
            ["git", "rev-parse", "HEAD"], cwd=folder, capture_output=True, text=True, timeout=5
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout.strip() or None


def command_line() -> str:
    """Return the command as it was typed, but for the quotes."""
    return " ".join(["nncli", *sys.argv[1:]])
