"""Makes what the other scripts here read, once, in benchmarks/cache: two tables and a trained run.

python -m benchmarks.tables.make COMMAND     COMMAND is nncli's
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from safetensors.numpy import load_file

from benchmarks.workloads import noisy_digits

CACHE = Path(__file__).parents[1] / "cache"
CONFIG = Path(__file__).parents[1] / "configs" / "predict.yaml"


def make_digits(path: Path) -> None:
    """60,000 rows of a label and 784 whole numbers."""
    names = ["label", *(f"pixel{number}" for number in range(784))]
    pd.DataFrame(noisy_digits(60_000).astype(np.uint8), columns=names).to_csv(path, index=False)


def make_rows(path: Path, count: int) -> None:
    """Rows of 20 numbers to six digits, and a target."""
    random = np.random.default_rng(0)
    table = pd.DataFrame(random.standard_normal((count, 20)), columns=[f"x{n}" for n in range(20)])
    table["y"] = table["x0"] + table["x1"] ** 2
    table.to_csv(path, index=False, float_format="%.6g")


def make_run(command: str) -> None:
    """Train on a few rows; keep the weights in a form that the peer reads too."""
    make_rows(CACHE / "predict_train.csv", 1000)
    runs = ["--runs-dir", CACHE / "runs", "--name", "predict", "--no-plots", "--quiet"]
    subprocess.run([command, "train", CONFIG, *runs], check=True, stdout=subprocess.DEVNULL)
    np.savez(CACHE / "predict.npz", **load_file(CACHE / "runs/predict/weights/last.safetensors"))


def main(command: str) -> None:
    CACHE.mkdir(exist_ok=True)
    if not (CACHE / "digits.csv").exists():
        make_digits(CACHE / "digits.csv")
    if not (CACHE / "predict.csv").exists():
        make_rows(CACHE / "predict.csv", 1_000_000)
    if not (CACHE / "predict.npz").exists():
        make_run(command)


if __name__ == "__main__":
    main(sys.argv[1])
