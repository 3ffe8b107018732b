"""Generators keyed by what they are for, so that adding one never changes another's numbers."""

from __future__ import annotations

from zlib import crc32

import numpy as np

from nncli.engine.state import State
from nncli.engine.types import Array

_LEVELS = 2**16
_AT_ONCE = 2**15


def generator(seed: int, purpose: str) -> np.random.Generator:
    """Return the generator for one purpose ("shuffle", "initialize dense/kernel") of one seed."""
    return np.random.default_rng([seed, crc32(purpose.encode())])


def draw_ones(generator: np.random.Generator, share: float, values: Array) -> None:
    """Fill the vector with ones, each with the probability `share`, and zeros.

    A value takes 16 random bits, so that the share is met to 1/65536; to draw a float for each
    would take three times as long.
    """
    limit = round(share * _LEVELS)
    for start in range(0, values.size, _AT_ONCE):
        part = values[start : start + _AT_ONCE]
        raw = generator.bit_generator.random_raw(-(-part.size // 4))
        np.less(raw.view(np.uint16)[: part.size], limit, out=part, casting="unsafe")


def generator_state(source: np.random.Generator) -> State:
    """Return how far the generator is, as plain numbers."""
    return dict(source.bit_generator.state)


def set_generator_state(source: np.random.Generator, state: State) -> None:
    """Go on from there.

    Raises:
        ValueError, KeyError, TypeError: it is no state of this kind of generator.
    """
    source.bit_generator.state = state
