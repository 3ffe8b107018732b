"""What the figures were measured on: processor, system, versions. No names and no paths."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from pathlib import Path

PACKAGES = ["nncli", "numpy", "pandas", "keras", "tensorflow_cpu", "jax", "torch", "scikit-learn"]
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


def describe(peers_python: Path) -> dict[str, object]:
    """Return the machine, and the versions on both sides."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.release()}",
        "nncli": _versions(Path(sys.executable)),
        "peers": _versions(peers_python),
    }


def _versions(python: Path) -> dict[str, str]:
    command = [str(python), "-c", _VERSIONS, *PACKAGES]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
