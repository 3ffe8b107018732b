"""A small table of two classes that overlap."""

from __future__ import annotations

from pathlib import Path

import numpy as np


def write_table(path: Path, rows: int) -> None:
    """Write eight columns of numbers and the class they mostly tell."""
    draw = np.random.default_rng(rows)
    values = draw.normal(size=(rows, 8)).round(3)
    up = values[:, :4].sum(axis=1) + draw.normal(size=rows) > 0
    lines = [
        ",".join(map(str, row)) + ("," + ("up" if u else "down"))
        for row, u in zip(values.tolist(), up, strict=True)
    ]
    header = ",".join([*(f"x{n}" for n in range(8)), "kind"])
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
