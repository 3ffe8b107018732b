"""Zeros that stand for missing cells, as everybody knows of Pima's table."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from nncli.data.inspection.contents import Content, inspect
from nncli.data.inspection.zeros import suspicious_zeros
from nncli.data.sources.dialect import Dialect
from nncli.data.sources.opening import opened

PIMA = Path(__file__).parents[3] / "configs" / "data" / "pima-indians-diabetes.csv"


def test_pimas_zeros() -> None:
    """Glucose, blood pressure, skin, insulin and body mass can't be zero; these are the counts
    that the literature gives."""
    with opened(PIMA, Dialect(header=False)) as table:
        columns = inspect(table).columns
    found = {name: suspicious_zeros(content) for name, content in columns.items()}
    assert {name: zeros for name, zeros in found.items() if zeros} == {
        1: 5,
        2: 35,
        3: 227,
        4: 374,
        5: 11,
    }


def test_counts_and_most_zeros_are_numbers() -> None:
    counts = np.arange(30.0)
    assert suspicious_zeros(Content(name="n", values=counts)) == 0
    mostly = np.r_[np.zeros(40), 100 + counts]
    assert suspicious_zeros(Content(name="gain", values=mostly)) == 0
    assert suspicious_zeros(Content(name="weight", values=np.r_[0.0, 100 + counts])) == 1
