"""Kills trainings at random instants, resumes them, and compares every byte with one never killed.

    python -m tests.stress.kills 200 --seed 1

Each training has a config of its own, drawn at random. It is killed (SIGKILL) once or twice: as
it prepares, as it learns, as it writes, as it resumes. Processes are forked from one that has
imported everything, so that the instants fall into the work and not into the imports.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from nncli.cli.app import main as nncli_main
from nncli.runs.checkpoints import load_checkpoint
from tests.stress.tables import write_table

SAME = (
    "metrics.csv",
    "sizes.csv",
    "results.json",
    "weights/best.safetensors",
    "weights/last.safetensors",
)
MOST_KILLS = 2
_WHILE_PREPARING = 0.2


def main() -> int:
    """Run the trials; return 1 if one differs."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("trials", type=int)
    arguments.add_argument("--seed", type=int, default=0)
    options = arguments.parse_args()
    draw, seen, differing = random.Random(options.seed), Counter[str](), []
    folder = Path(tempfile.mkdtemp(prefix="nncli-kills-"))
    write_table(folder / "table.csv", rows=160)
    gc.freeze()  # what is imported need not be copied for every process
    for number in range(options.trials):
        config = folder / f"c{number}.yaml"
        config.write_text(yaml.safe_dump(random_config(draw)), encoding="utf-8")
        if not survives(folder, config, draw, seen):
            differing.append(config)
            print(f"differs: {config}")
        print(f"\r{number + 1}/{options.trials} {dict(seen)}", end="", flush=True)
    print(f"\n{options.trials - len(differing)} of {options.trials} came to the same bytes")
    if not differing:
        shutil.rmtree(folder)
    return int(bool(differing))


def survives(folder: Path, config: Path, draw: random.Random, seen: Counter[str]) -> bool:
    """Whether a training that is killed comes to the bytes of one that isn't."""
    flags = ["--runs-dir", str(folder / "runs"), "-q", "--no-plots"]
    reference, run = folder / "runs" / f"{config.stem}-whole", folder / "runs" / config.stem
    process, began = start(["train", str(config), "-n", reference.name, *flags]), time.monotonic()
    prepared = until_it_trains(reference, 0.0) - began
    if code := wait(process):
        raise SystemExit(f"{config} can't be trained: exit code {code}")
    lasted = time.monotonic() - began
    for _ in range(draw.randint(1, MOST_KILLS)):
        resume = (run / "run.json").exists()
        if not resume and run.exists():  # killed before it was a run
            shutil.rmtree(run)
        words = ["--resume", run.name] if resume else [str(config)]
        before = (run / "run.json").stat().st_mtime if resume else 0.0
        process = start(["train", *words, *flags])
        if draw.random() < _WHILE_PREPARING:
            time.sleep(draw.uniform(0, prepared))
        else:
            until_it_trains(run, before)
            time.sleep(draw.uniform(0, lasted - prepared))
        os.kill(process, signal.SIGKILL)
        killed = wait(process) == -signal.SIGKILL
        seen["kills" if killed else "too late"] += 1
        if killed:
            seen[_where(run)] += 1
        elif resume or (run / "results.json").exists():
            break
    if (run / "run.json").exists():
        code = wait(start(["train", "--resume", run.name, *flags]))
        if code and 'status": "finished' not in (run / "run.json").read_text(encoding="utf-8"):
            return False
    else:
        shutil.rmtree(run, ignore_errors=True)
        wait(start(["train", str(config), *flags]))
    return all(
        (run / name).read_bytes() == (reference / name).read_bytes()
        for name in SAME
        if (reference / name).exists()
    )


def until_it_trains(run: Path, written: float) -> float:
    """Wait until a run's record is newer than it was; return when that was seen."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if (run / "run.json").exists() and (run / "run.json").stat().st_mtime > written:
            break
        time.sleep(0.001)
    return time.monotonic()


def _where(run: Path) -> str:
    """Return in what state the kill has left the run."""
    if not (run / "run.json").exists():
        return "before it was a run"
    kept, _ = load_checkpoint(run / "checkpoint")
    if kept is None:
        return "before the first checkpoint"
    return "after an epoch" if kept["trainer"]["epoch"] is None else "within an epoch"


def start(arguments: list[str]) -> int:
    """Fork a process that runs nncli, and return its number."""
    number = os.fork()
    if number == 0:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        sys.argv = ["nncli", *arguments]
        try:
            nncli_main()
        except SystemExit as ended:
            os._exit(int(ended.code or 0))
        finally:
            os._exit(70)
    return number


def wait(process: int) -> int:
    """Return a process's exit code, negative for the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def random_config(draw: random.Random) -> dict[str, Any]:
    """Return a config with some of everything that has a memory."""
    rate: Any = draw.choice([0.01, 0.001])
    scheduled = draw.random() < 0.3
    if scheduled:
        rate = {"type": "cosine_decay", "initial_learning_rate": 0.01, "decay_steps": 300}
    optimizer: dict[str, Any] = {
        "type": draw.choice(
            ["sgd", "adam", "adamw", "nadam", "rmsprop", "adagrad", "adadelta", "ftrl", "lion"]
        ),
        "learning_rate": rate,
    }
    if draw.random() < 0.3:
        optimizer["use_ema"] = True
    if draw.random() < 0.3:
        optimizer["gradient_accumulation_steps"] = 3
    if draw.random() < 0.3:
        optimizer["clipnorm"] = 1.0
    callbacks: list[dict[str, Any]] = [
        {"type": "early_stopping", "patience": 4, "restore_best_weights": draw.random() < 0.5},
        {"type": "model_checkpoint", "monitor": "val_accuracy"},
    ]
    if not scheduled:
        callbacks.append({"type": "reduce_lr_on_plateau", "patience": 1})
        callbacks.append({"type": "learning_rate_scheduler", "schedule": [[3, 0.005]]})
    hidden = [
        {"type": "Dense", "units": draw.choice([4, 30]), "activation": "relu"},
        {"type": "Dropout", "rate": 0.25},
        {"type": "BatchNormalization"},
        {"type": "GaussianNoise", "stddev": 0.1},
    ]
    if draw.random() < 0.2:
        hidden = [
            {"type": "Reshape", "target_shape": [4, 2]},
            {"type": "GRU", "units": 4, "dropout": 0.2, "recurrent_dropout": 0.2},
        ]
    return {
        "seed": draw.randrange(1000),
        "data": {"train": "table.csv", "target": "kind", "validation": 0.2, "scale": "standard"},
        "layers": [*hidden, {"type": "Dense", "units": 1, "activation": "sigmoid"}],
        "loss": "binary_crossentropy",
        "optimizer": optimizer,
        "metrics": ["accuracy", "auc", "f1_score"],
        "epochs": draw.choice([4, 8]),
        "batch_size": draw.choice([5, 16, 64]),
        "shuffle": draw.random() < 0.8,
        "replicas": draw.choice([1, 1, 2, 3]),
        "callbacks": draw.sample(callbacks, draw.randrange(len(callbacks) + 1)),
        "checkpoint": {"every": draw.choice(["3 steps", "20 steps", "1 epoch", "3 epochs", "1s"])},
    }


if __name__ == "__main__":
    sys.exit(main())
