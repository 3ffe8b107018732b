"""The random inputs, targets and predictions of golden cases, each keyed by its case's name."""

from __future__ import annotations

from typing import Any
from zlib import crc32

import numpy as np

from tests.golden.words import Case


def generator(key: str) -> np.random.Generator:
    """Return the random numbers of one case."""
    return np.random.default_rng(crc32(key.encode()))


def inputs(kind: str, shape: tuple[int, ...], random: np.random.Generator) -> Any:
    """Return inputs of one kind."""
    if kind == "constant":
        return np.full(shape, 0.75)
    if kind == "ties":
        return random.integers(0, 3, shape) / 2.0
    if kind == "tokens":  # 0 in the middle and at the end, for masks
        return random.integers(0, 5, shape).astype(np.int32)
    values = random.normal(0.0, 1.0, shape)
    if kind == "gaps":  # steps that a Masking layer hides, one row of them all
        values[0, [1, 3]] = 0.0
        values[1, -2:] = 0.0
        values[2, :] = 0.0
    return values


def targets(kind: str, shape: tuple[int, ...], random: np.random.Generator) -> Any:
    """Return targets in one encoding, for predictions of the given shape."""
    if kind == "values":
        return random.normal(0.0, 1.0, shape)
    if kind == "zeros":
        return np.zeros(shape)
    if kind == "counts":
        return random.poisson(2.0, shape).astype(np.float64)
    if kind == "shares":
        shares = random.exponential(1.0, shape)
        return shares / shares.sum(axis=-1, keepdims=True)
    if kind == "signs":
        return random.integers(0, 2, shape) * 2.0 - 1.0
    if kind == "binary":
        return random.integers(0, 2, shape).astype(np.float64)
    index = random.integers(0, shape[-1], shape[:-1])
    return np.eye(shape[-1])[index] if kind == "one_hot" else index[..., None]


def predictions(kind: str, y_true: Any, shape: tuple[int, ...], random: Any) -> Any:
    """Return predictions of one kind, see loss_cases.on."""
    normal = random.normal(0.0, 1.0, shape)
    if kind == "logits":
        normal[0], normal[1] = 12.0 * normal[0], 300.0 * normal[1]
    exponential = np.exp(normal) if kind == "distributions" else None
    return {
        "values": lambda: normal,
        "logits": lambda: 2.0 * normal,
        "near": lambda: y_true + 0.5 * normal,
        "zeros": lambda: np.zeros(shape),
        "binary": lambda: (normal > 0.0) * 1.0,
        "certain": lambda: random.integers(0, 3, shape) / 2.0 + [0.0, 0.0, 1e-9],
        "quarters": lambda: random.integers(0, 5, shape) / 4.0,
        "probabilities": lambda: random.uniform(0.02, 0.98, shape),
        "distributions": lambda: exponential / exponential.sum(axis=-1, keepdims=True),
    }[kind]()


def rows(case: Case, count: int, random: np.random.Generator) -> tuple[Any, Any]:
    """Return (y_true, y_pred) of a loss or metric case."""
    steps = (case["steps"],) if "steps" in case else ()
    shape = (count, *steps, case["width"])
    y_true = targets(case["targets"], shape, random)
    return y_true, predictions(case["predictions"], y_true, shape, random)


def weights(count: int, random: np.random.Generator, *, whole: bool) -> Any:
    """Return a weight for each row, some of them 0."""
    return random.choice([0.0, 1.0, 2.0] if whole else [0.0, 0.5, 1.0, 2.5], count)
