"""What the figures were measured on: processor, system, versions. No names and no paths."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from pathlib import Path

from benchmarks.measuring import environment

OURS = ["nncli", "numpy", "pandas"]
THEIRS = ["keras", "tensorflow_cpu", "jax", "torch", "scikit-learn", "numpy", "pandas"]
_VERSIONS = """
import json, platform, sys
from importlib.metadata import PackageNotFoundError, version
found = {"python": platform.python_version()}
for name in sys.argv[1:]:
    try:
        found[name] = version(name)
    except PackageNotFoundError:
        pass
print(json.dumps(found))
"""
_KERNEL = """
import numpy, threadpoolctl
(blas,) = threadpoolctl.threadpool_info()
print(blas["internal_api"], blas["version"], "with", blas["architecture"], "kernels")
"""


def describe(peers_python: Path) -> dict[str, object]:
    """Return the machine, and the versions on both sides."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.release()}",
        "commit": _commit(),
        "blas": _blas(),
        "nncli": _versions(Path(sys.executable), OURS),
        "peers": _versions(peers_python, THEIRS),
    }


def _blas() -> str:
    """Return which of OpenBLAS's kernels nncli's products run in."""
    command = [sys.executable, "-c", _KERNEL]
    asked = subprocess.run(command, check=True, capture_output=True, text=True, env=environment())
    return asked.stdout.strip()


def _versions(python: Path, packages: list[str]) -> dict[str, str]:
    command = [str(python), "-I", "-c", _VERSIONS, *packages]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def _commit() -> str:
    command = ["git", "rev-parse", "--short", "HEAD"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
