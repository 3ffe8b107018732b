"""Who plays which match: the commands of nncli and of each peer."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.measuring import Side

HERE = Path(__file__).parent
NNCLI = Path(sys.executable).with_name("nncli")

PEERS: dict[str, tuple[str, dict[str, str]]] = {
    "Keras-TF": ("keras", {"KERAS_BACKEND": "tensorflow"}),
    "Keras-JAX": ("keras", {"KERAS_BACKEND": "jax"}),
    "Keras-torch": ("keras", {"KERAS_BACKEND": "torch"}),
    "PyTorch": ("pytorch", {}),
    "scikit-learn": ("sklearn", {}),
}
TUNED: dict[str, tuple[str, dict[str, str]]] = {
    "PyTorch, one thread": ("pytorch", {"OMP_NUM_THREADS": "1"}),
    "scikit-learn, one thread": ("sklearn", {"OMP_NUM_THREADS": "1"}),
    "Keras-TF, 16 steps at once": (
        "keras",
        {"KERAS_BACKEND": "tensorflow", "STEPS_PER_EXECUTION": "16"},
    ),
    "Keras-JAX, 16 steps at once": (
        "keras",
        {"KERAS_BACKEND": "jax", "STEPS_PER_EXECUTION": "16"},
    ),
}
SMALL = ("xor", "pima", "mnist", "lstm", "gru")
"""Workloads for which the peers are faster when told so: tried, and fair to them."""

Match = Callable[[Path, Path], list[Side]]
"""Given the peers' Python and a folder for runs, the sides."""


def _module(python: Path | str, module: str, *arguments: str) -> list[str]:
    return [str(python), "-m", f"benchmarks.{module}", *arguments]


def _ours(name: str) -> Side:
    return Side("nncli", _module(sys.executable, "nncli_side.fitting", name), {})


def _peers(workload: str, python: Path) -> list[Side]:
    peers = {**PEERS, **(TUNED if workload in SMALL else {})}
    return [
        Side(name, _module(python, f"{package}.{workload}"), environment)
        for name, (package, environment) in peers.items()
        if (HERE / package / f"{workload}.py").exists()
    ]


def _training(workload: str) -> Match:
    return lambda python, runs: [_ours(workload), *_peers(workload, python)]


def _training_from_table(workload: str) -> Match:
    """The command line too, as it is and with all its pictures."""

    def sides(python: Path, runs: Path) -> list[Side]:
        train = [NNCLI, "train", HERE / "configs" / f"{workload}.yaml", "--runs-dir", runs]
        return [
            _ours(workload),
            Side("nncli train --no-plots", [*train, "--no-plots"], {}),
            Side("nncli train", train, {}),
            *_peers(workload, python),
        ]

    return sides


def _reading(python: Path, runs: Path) -> list[Side]:
    return [
        Side("nncli", _module(sys.executable, "tables.read_nncli"), {}),
        Side("pandas.read_csv", _module(sys.executable, "tables.read_pandas"), {}),
    ]


def _predicting(python: Path, runs: Path) -> list[Side]:
    cache = HERE / "cache"
    ours = ["--run", "predict", "--runs-dir", cache / "runs", "-o", cache / "predicted_nncli.csv"]
    return [
        Side("nncli predict", [NNCLI, "predict", cache / "predict.csv", *ours], {}),
        Side("pandas + PyTorch", _module(python, "tables.predict_pytorch"), {}),
    ]


def _starting(python: Path, runs: Path) -> list[Side]:
    config = HERE.parent / "configs" / "summary_20_64_10.yaml"
    return [
        Side("python -c pass", [sys.executable, "-c", "pass"], {}),
        Side("nncli --help", [NNCLI, "--help"], {}),
        Side("nncli summary", [NNCLI, "summary", config], {}),
    ]


def _alone(script: str) -> Match:
    return lambda python, runs: [Side("nncli", _module(sys.executable, f"nncli_side.{script}"), {})]


MATCHES: dict[str, Match] = {
    "xor": _training_from_table("xor"),
    "pima": _training_from_table("pima"),
    **{name: _training(name) for name in ("mnist", "wide", "cnn", "cnn_norm", "lstm", "gru")},
    "reading": _reading,
    "predict": _predicting,
    "start": _starting,
    "overhead": _alone("overhead"),
    "curves": _alone("curves"),
}
