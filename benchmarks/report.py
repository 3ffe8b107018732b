"""Writes benchmarks/results/README.md and its plot from results.json."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.curves_plot import draw
from benchmarks.measuring import is_peer
from benchmarks.rows import LIMITS, ROWS, Limit, Results, Row

FOLDER = Path(__file__).parent / "results"


def main() -> None:
    recorded = json.loads((FOLDER / "results.json").read_text())
    results: Results = recorded["matches"]
    parts = [
        "# Benchmark results",
        "Made by `python -m benchmarks.run --peers-python PATH`, see [how](../README.md).",
        f"{_machine(recorded['machine'])} {_load(results)}",
        "## Against the best peer",
        "Medians of interleaved runs. Ratio: how many times the best peer needs what nncli needs.",
        _table(
            ["work", "nncli", "best peer", "which", "ratio", "required", "reached"],
            [_row(row, results) for row in ROWS if len(row.figures(results)) > 1],
        ),
        "## Against a limit",
        _table(
            ["figure", "nncli", "limit", "reached"],
            [_limit(row, results) for row in LIMITS if row.figure(results) is not None],
        ),
        *_start(results),
        "## All peers",
        _all_peers(results),
        "## Final loss",
        "Everyone does the same work: the loss of the last epoch, the medians of all runs.",
        _losses(results),
    ]
    if "curves" in results:
        worst = draw(results["curves"]["nncli"][0]["curves"], FOLDER / "curves.png")
        parts += [
            "## As the work grows",
            "Epochs a second of a 20-64-64-1 net on 1,000 rows, batch 128 (batch: 8,192 rows), as "
            "one of these grows. The lines are the arithmetic, fitted: a constant and what is "
            "proportional to the rows, to the width and its square, to the depth, to the number "
            f"of steps. {worst}",
            "![curves](curves.png)",
        ]
    (FOLDER / "README.md").write_text("\n\n".join(parts) + "\n")


def _machine(machine: Mapping[str, Any]) -> str:
    def versions(side: str) -> str:
        return ", ".join(f"{name} {version}" for name, version in machine[side].items())

    return (
        f"{machine['cores']} cores of {machine['processor']}, {machine['system']}. "
        f"nncli at commit {machine['commit']}: {versions('nncli')}, {machine['blas']}. "
        f"Peers: {versions('peers')}."
    )


def _load(results: Results) -> str:
    loads = [run["load"] for sides in results.values() for runs in sides.values() for run in runs]
    return (
        f"Processes that wanted a core meanwhile, the measured one included: {median(loads):.1f} "
        "(median). Where these are more than the cores, times and ratios mean little."
    )


def _row(row: Row, results: Results) -> list[str]:
    figures = row.figures(results)
    ours = figures.pop(row.side)
    best = min(figures, key=figures.__getitem__)
    ratio = figures[best] / ours
    return [
        row.title,
        row.write(ours),
        row.write(figures[best]),
        best,
        f"{ratio:.2f}",
        f"{row.required:.2g}",
        _yes(ratio >= row.required),
    ]


def _limit(row: Limit, results: Results) -> list[str]:
    figure = row.figure(results)
    assert figure is not None
    return [row.title, row.write(figure), row.write(row.limit), _yes(figure <= row.limit)]


def _start(results: Results) -> Iterator[str]:
    if "start" in results:
        walls = {
            name: median(run["wall"] for run in runs) for name, runs in results["start"].items()
        }
        bare = walls.pop("python -c pass")
        multiples = ", ".join(f"`{name}` {wall / bare:.1f} times" for name, wall in walls.items())
        yield f"Starting, as multiples of `python -c pass` ({bare:.3f} s): {multiples}."


def _all_peers(results: Results) -> str:
    """Each race once; with all plots the peers are no others."""
    races = {(row.match, row.quantity): row for row in reversed(ROWS)}
    shown = [r for r in ROWS if r in races.values() and len(r.figures(results)) > 2]
    names = dict.fromkeys(name for row in shown for name in row.figures(results) if is_peer(name))
    lines = []
    for row in shown:
        figures = row.figures(results)
        cells = [row.write(figures[name]) if name in figures else "-" for name in names]
        lines.append([row.title, row.write(figures[row.side]), *cells])
    return _table(["work", "nncli", *names], lines)


def _losses(results: Results) -> str:
    found = {
        match: {
            name: median(run["result"] for run in runs)
            for name, runs in sides.items()
            if "result" in runs[0]
        }
        for match, sides in results.items()
        if match != "reading"
    }
    found = {match: losses for match, losses in found.items() if losses}
    names = dict.fromkeys(name for losses in found.values() for name in losses)
    return _table(
        ["workload", *names],
        [
            [match, *(f"{losses[name]:.3g}" if name in losses else "-" for name in names)]
            for match, losses in found.items()
        ],
    )


def _yes(reached: bool) -> str:
    return "yes" if reached else "**no**"


def _table(header: list[str], lines: list[list[str]]) -> str:
    rows = [header, ["---"] * len(header), *lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


if __name__ == "__main__":
    main()
