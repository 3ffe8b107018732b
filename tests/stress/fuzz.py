"""Alters a run's files at random: each must be refused in words, or make no difference at all.

    python -m tests.stress.fuzz 100000 --seed 1

An answer that differs from that of the whole run, without an error, is a wrong one that nobody
would notice; any exception but those meant for the user is a bug.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from nncli.api import evaluation, restoring, runs
from nncli.api.prediction import predict
from nncli.api.training import train
from nncli.config.loading import load
from nncli.errors import NncliError
from nncli.runs.checkpoints import load_checkpoint
from nncli.runs.folder import RunFolder, find
from tests.stress.kills import random_config
from tests.stress.tables import write_table

Reader = Callable[[RunFolder], str]


def main() -> int:
    """Alter as many files as asked; return 1 if one was not refused."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("files", type=int)
    arguments.add_argument("--seed", type=int, default=0)
    options = arguments.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="nncli-fuzz-"))
    outcomes, wrong = fuzz(folder, options.files, random.Random(options.seed))
    print("\n".join([*wrong[:20], f"{options.files} altered files: {dict(outcomes)}"]))
    if not wrong:
        shutil.rmtree(folder)
    return int(bool(wrong))


def fuzz(folder: Path, files: int, draw: random.Random) -> tuple[Counter[str], list[str]]:
    """Return how many altered files were refused or made no difference, and what went wrong."""
    run = make_run(folder)
    known, source = load(run.config), run.config.read_bytes()
    # Reading a config takes longer than all the rest: one that is as it was is read once.
    restoring.load = lambda path: known if path.read_bytes() == source else load(path)
    whole = {path: path.read_bytes() for path in sorted(readers(run))}
    answers = {path: [read(run) for read in readers(run)[path]] for path in whole}
    outcomes, wrong = Counter[str](), []
    for _ in range(files):
        path = draw.choice(list(whole))
        content = altered(whole[path], draw)
        path.write_bytes(content)
        for read, answer in zip(readers(run)[path], answers[path], strict=True):
            try:
                same = read(run) == answer
            except NncliError:
                outcomes["refused"] += 1
            except Exception as error:
                wrong.append(f"{path.name} {read.__name__}: {error!r}, with {content[:200]!r}")
            else:
                outcomes["the same" if same else "WRONG"] += 1
                if not same:
                    wrong.append(f"{path.name} {read.__name__}: wrong, with {content[:200]!r}")
        path.write_bytes(whole[path])
    return outcomes, wrong


def make_run(folder: Path) -> RunFolder:
    """Train a small run, with a checkpoint before the last."""
    write_table(folder / "table.csv", rows=40)
    config: dict[str, Any] = random_config(random.Random(0))
    config |= {"epochs": 2, "batch_size": 8, "checkpoint": {"every": "1 epoch"}, "callbacks": []}
    (folder / "c.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    return train(load(folder / "c.yaml"), runs_dir=folder / "runs", plots=False).run


def readers(run: RunFolder) -> dict[Path, list[Reader]]:
    """Return who reads which file."""
    newest, older = sorted(run.checkpoint.glob("*.safetensors"), key=lambda p: -int(p.stem))
    return {
        run.config: [predictions, scores, settings],
        run.preprocessing: [predictions],
        run.splits: [scores],
        run.record: [predictions, scores, settings],
        run.best_weights: [predictions],
        newest: [state],
        older: [state],
        run.metrics: [listed],
        run.results: [listed],
    }


def predictions(run: RunFolder) -> str:
    """Predict the training table."""
    answer = predict(find(str(run.path), run.path.parent), run.path / "../../table.csv", proba=True)
    return repr((answer.columns, [[list(map(str, column)) for column in c] for c in answer.chunks]))


def scores(run: RunFolder) -> str:
    """Evaluate the run on its own rows."""
    outcome = evaluation.evaluate(find(str(run.path), run.path.parent))
    return repr((outcome.scores, outcome.baseline, outcome.count))


def settings(run: RunFolder) -> str:
    """Describe the run; any words will do, for they are only shown."""
    runs.describe_run(find(str(run.path), run.path.parent))
    return ""


def listed(run: RunFolder) -> str:
    """List it; any values will do, for they are only shown."""
    runs.list_runs(run.path.parent)
    return ""


def state(run: RunFolder) -> str:
    """Load the checkpoint, noting whether the newest one was whole."""
    kept, damages = load_checkpoint(run.checkpoint)
    if damages:
        raise NncliError("; ".join(damages))
    return repr(_digested(kept))


def _digested(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value.dtype, value.shape, value.tobytes()
    if isinstance(value, dict):
        return {key: _digested(item) for key, item in value.items()}
    return [_digested(item) for item in value] if isinstance(value, list) else value


def altered(content: bytes, draw: random.Random) -> bytes:
    """Return the bytes with one to three changes, of the kinds that disks, hands and foes make."""
    changed = bytearray(content)
    for _ in range(draw.choice([1, 1, 1, 2, 3])):
        at = draw.randrange(len(changed)) if changed else 0
        kind = draw.randrange(8)
        if kind == 0 and changed:
            changed[at] ^= 1 << draw.randrange(8)
        elif kind == 1:
            del changed[at:]
        elif kind == 2:
            del changed[at : at + draw.randrange(1, 40)]
        elif kind == 3:
            changed[at:at] = bytes(draw.randrange(256) for _ in range(draw.randrange(1, 20)))
        elif kind == 4:
            changed[at : at + 8] = bytes(len(changed[at : at + 8]))
        elif kind == 5:
            changed[at:at] = changed[at : at + draw.randrange(1, 60)]
        elif kind == 6:
            digits = [n for n, byte in enumerate(changed) if chr(byte).isdecimal()]
            if digits:
                changed[draw.choice(digits)] = ord(draw.choice("0123456789"))
        else:
            word = draw.choice([b"null", b"[]", b"{}", b"-1", b"1e999", b"true", b'""', b"NaN"])
            changed[at : at + len(word)] = word
    return bytes(changed)


if __name__ == "__main__":
    sys.exit(main())
