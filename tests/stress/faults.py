"""Disks and rights that fail in earnest: a small tmpfs that fills up, and rights that are missing.

    sudo python -m tests.stress.faults

Needs root, to mount, and setpriv, to give rights up. Each training must end with one message and
the code of a failure, and go on to the right bytes once there is room again.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

from tests.stress.kills import SAME
from tests.stress.tables import write_table

CONFIG = {
    "seed": 1,
    "data": {"train": "table.csv", "target": "kind", "validation": 0.2, "scale": "standard"},
    "layers": [
        {"type": "Dense", "units": 64, "activation": "relu"},
        {"type": "Dropout", "rate": 0.5},
        {"type": "Dense", "units": 1, "activation": "sigmoid"},
    ],
    "loss": "binary_crossentropy",
    "optimizer": "adam",
    "epochs": 6,
    "checkpoint": {"every": "1 epoch"},
}


def main() -> int:
    """Run all; return 1 if something wasn't as it should be."""
    if os.geteuid() != 0:
        print("this needs root", file=sys.stderr)
        return 2
    folder = Path(tempfile.mkdtemp(prefix="nncli-faults-"))
    write_table(folder / "table.csv", rows=120)
    (folder / "c.yaml").write_text(yaml.safe_dump(CONFIG), encoding="utf-8")
    assert nncli(folder, "train", "c.yaml", "-n", "whole") == (0, "")
    bad = [
        f"{size} KB: {what}" for size in range(8, 104, 16) if (what := on_full_disk(folder, size))
    ]
    bad += without_rights(folder)
    print("\n".join(bad) or "all ended and went on as they should")
    return int(bool(bad))


def on_full_disk(folder: Path, kilobytes: int) -> str:
    """Train on a disk of that size, then give it room and resume; return what went wrong."""
    disk = folder / "disk"
    disk.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(disk)]
    subprocess.run(mount, check=True)
    try:
        code, errors = nncli(folder, "train", "c.yaml", "--runs-dir", "disk")
        if code == 0:
            return "" if same(disk / "c", folder / "runs/whole") else "other bytes"
        if code not in (1, 2) or "No space left on device" not in errors or "Trace" in errors:
            return f"exit code {code}: {errors}"
        subprocess.run(["mount", "-o", "remount,size=10m", str(disk)], check=True)
        again = ["--resume", "c"] if (disk / "c/run.json").exists() else ["c.yaml"]
        code, errors = nncli(folder, "train", *again, "--runs-dir", "disk")
        if code:
            return f"it doesn't go on: {errors}"
        return "" if same(disk / "c", folder / "runs/whole") else "it went on to other bytes"
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def without_rights(folder: Path) -> list[str]:
    """Train into a folder that can't be written, and in one that can no longer be."""
    bad, own = [], folder / "own"
    own.mkdir(mode=0o555)
    code, errors = nncli(folder, "train", "c.yaml", "--runs-dir", "own", rights=False)
    if code != 2 or "Permission denied" not in errors or "Trace" in errors:
        bad.append(f"a folder that can't be written: exit code {code}: {errors}")
    nncli(folder, "train", "c.yaml", "--runs-dir", "own", "--epochs", "2")
    allow(own / "c", 0o555, 0o444)
    resume = ("train", "--resume", "c", "--runs-dir", "own", "--epochs", "6")
    code, errors = nncli(folder, *resume, rights=False)
    if code not in (1, 2) or "Permission denied" not in errors or "Trace" in errors:
        bad.append(f"rights that were lost: exit code {code}: {errors}")
    allow(own / "c", 0o755, 0o644)
    code, errors = nncli(folder, *resume, rights=False)
    if code or not same(own / "c", folder / "runs/whole"):
        bad.append(f"rights that came back: exit code {code}: {errors}")
    return bad


def allow(run: Path, folders: int, files: int) -> None:
    """Set the rights of all that is in a run."""
    for path in (run, *run.rglob("*")):
        path.chmod(folders if path.is_dir() else files)


def nncli(folder: Path, *arguments: str, rights: bool = True) -> tuple[int, str]:
    """Run nncli, perhaps without root's right to write everywhere; return exit code and errors."""
    command = [sys.executable, "-m", "nncli", *arguments, "-q", "--no-plots"]
    if not rights:
        command = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", *command]
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    return ended.returncode, ended.stderr


def same(run: Path, whole: Path) -> bool:
    """Whether two runs have the same results, to the byte."""
    return all((run / name).read_bytes() == (whole / name).read_bytes() for name in SAME)


if __name__ == "__main__":
    sys.exit(main())
