"""The report's rows: what is compared, how it is written, and what must be reached."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal

from benchmarks.measuring import is_peer

Results = Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]]
"""Match, side, run, figure."""
Quantity = Literal["epoch", "wall", "peak"]

CONFIG = "nncli train --no-plots"


def seconds(value: float) -> str:
    return f"{value:.3g} s" if value >= 0.001 else f"{1e6 * value:.0f} µs"


def megabytes(value: float) -> str:
    return f"{value / 2**20:.0f} MB"


def steps_a_second(steps: int) -> Callable[[float], str]:
    return lambda epoch: f"{float(f'{steps / epoch:.3g}'):,.0f} steps/s"


@dataclass(frozen=True)
class Row:
    """A race against the best peer: less is better, ratio = best peer / nncli."""

    title: str
    match: str
    required: float
    quantity: Quantity = "epoch"
    side: str = "nncli"
    write: Callable[[float], str] = seconds

    def figures(self, results: Results) -> dict[str, float]:
        """Return the medians of nncli and of every peer that was measured."""
        sides = results.get(self.match, {})
        values = {
            name: [run[self.quantity] for run in runs if run[self.quantity] is not None]
            for name, runs in sides.items()
            if name == self.side or is_peer(name)
        }
        return {name: median(found) for name, found in values.items() if found}


@dataclass(frozen=True)
class Limit:
    """A figure of nncli's own that must stay below a limit."""

    title: str
    match: str
    limit: float
    find: Callable[[Mapping[str, Any]], float]
    side: str = "nncli"
    write: Callable[[float], str] = seconds

    def figure(self, results: Results) -> float | None:
        """Return the median, None where it wasn't measured."""
        runs = results.get(self.match, {}).get(self.side, [])
        return median(map(self.find, runs)) if runs else None


def _percent(value: float) -> str:
    return f"{100 * value:.1f} %"


def _times(value: float) -> str:
    return f"{value:.2f} times"


_FLOAT32_ARRAY = 60_000 * 784 * 4

ROWS = [
    Row("XOR, 500 epochs: whole process", "xor", 3, "wall", CONFIG),
    Row("XOR: with all plots", "xor", 1, "wall", "nncli train"),
    Row("XOR: training", "xor", 5, write=steps_a_second(1)),
    Row("XOR: peak memory", "xor", 1, "peak", CONFIG, megabytes),
    Row("Pima 8-10-8-8-1, 20 epochs: whole process", "pima", 3, "wall", CONFIG),
    Row("Pima: with all plots", "pima", 1, "wall", "nncli train"),
    Row("Pima: training", "pima", 5, write=steps_a_second(77)),
    Row("Pima: peak memory", "pima", 1, "peak", CONFIG, megabytes),
    Row("784-128-64-10, batch 256: training", "mnist", 1.5, write=steps_a_second(4)),
    Row("784-512-512-10, dropout: an epoch of 60,000 rows", "wide", 1.2),
    Row("CNN: an epoch of 5,000 pictures", "cnn", 1.2),
    Row("CNN with BatchNormalization: an epoch", "cnn_norm", 1),
    Row("LSTM 64: an epoch of 2,048 series", "lstm", 1.2),
    Row("GRU 64: an epoch of 2,048 series", "gru", 1.2),
    Row("CSV of 60,000 x 785: to training arrays", "reading", 1 / 1.3),
    Row("predict 1,000,000 rows of CSV: whole process", "predict", 1, "wall", "nncli predict"),
]

LIMITS = [
    Limit(
        "reading 60,000 x 785: peak memory of the process, in float32 arrays",
        "reading",
        2.5,
        lambda run: run["peak"] / _FLOAT32_ARRAY,
        write=_times,
    ),
    Limit(
        "predict 1,000,000 rows: peak memory of the process",
        "predict",
        500 * 2**20,
        lambda run: run["peak"],
        "nncli predict",
        megabytes,
    ),
    Limit("`nncli --help`", "start", 0.25, lambda run: run["wall"], "nncli --help"),
    Limit("`nncli summary` of a config", "start", 0.4, lambda run: run["wall"], "nncli summary"),
    *(
        Limit(
            f"overhead of an epoch of {steps}: what isn't steps",
            "overhead",
            limit,
            lambda run, name=f"{steps} an epoch": run["shares"][name],
            write=_percent,
        )
        for steps, limit in (("1,000 steps", 0.03), ("1 step", 0.2))
    ),
]
