"""Measures nncli and its peers in turn: `python -m benchmarks.run --peers-python PATH`.

See benchmarks/README.md. Writes benchmarks/results/results.json and the report beside it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.machine import describe
from benchmarks.measuring import play
from benchmarks.sides import MATCHES, NNCLI

RESULTS = Path(__file__).parent / "results" / "results.json"


def main() -> None:
    options = _parse()
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {"matches": {}}
    results["machine"] = describe(options.peers_python)
    if {"reading", "predict"} & set(options.only):
        subprocess.run([sys.executable, "-m", "benchmarks.tables.make", NNCLI], check=True)
    for name in options.only:
        print(name, flush=True)
        rounds = 1 if name == "curves" else options.rounds
        with tempfile.TemporaryDirectory() as runs:
            sides = MATCHES[name](options.peers_python, Path(runs))
            sides = [side for side in sides if side.name not in options.without]
            results["matches"][name] = play(sides, rounds)
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps(results, indent=1) + "\n")
    subprocess.run([sys.executable, "-m", "benchmarks.report"], check=True)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers-python", type=Path, required=True, metavar="PATH")
    parser.add_argument("--rounds", type=int, default=5, help="medians of so many (default 5)")
    parser.add_argument(
        "--only",
        nargs="+",
        choices=MATCHES,
        default=list(MATCHES),
        metavar="MATCH",
        help=f"of {', '.join(MATCHES)}; the others' results stay as they are",
    )
    parser.add_argument(
        "--without", nargs="+", default=[], metavar="PEER", help="names as in the report"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
