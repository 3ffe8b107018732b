"""The picture of how nncli's speed falls as the work grows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import matplotlib as mpl
import numpy as np

mpl.use("Agg")
from matplotlib import pyplot as plt

_FITS = {"rows": (1, 1), "width": (1, 2), "depth": (1, 1), "batch": (-1, 1)}
"""Seconds an epoch are a polynomial: of the number to this power, of this degree."""


def draw(curves: Mapping[str, Mapping[str, float]], path: Path) -> str:
    """Draw one panel for each curve; return a sentence on the largest deviations."""
    figure, panels = plt.subplots(2, 2, figsize=(9, 7), layout="constrained")
    deviations = []
    for panel, (name, curve) in zip(panels.flat, curves.items(), strict=True):
        x, seconds = np.array([float(number) for number in curve]), np.array([*curve.values()])
        fitted = _fit(name, x, seconds)
        panel.loglog(x, 1 / seconds, "o", label="measured")
        panel.loglog(x, 1 / fitted, "-", color="grey", label="arithmetic")
        panel.set_xlabel(name)
        panel.set_ylabel("epochs/s")
        panel.grid(alpha=0.3)
        worst = np.abs(np.log(seconds / fitted)).argmax()
        deviations.append(f"{name} {seconds[worst] / fitted[worst]:.2f} at {x[worst]:,.0f}")
    panels[0, 0].legend()
    figure.savefig(path, dpi=100)
    return f"The largest ratios of measured to fitted seconds: {', '.join(deviations)}."


def _fit(name: str, x: np.ndarray, seconds: np.ndarray) -> np.ndarray:
    """Fit so that relative errors are small."""
    power, degree = _FITS[name]
    return np.polyval(np.polyfit(x**power, seconds, degree, w=1 / seconds), x**power)
