"""Generators keyed by what they are for, so that adding one never changes another's numbers."""

from __future__ import annotations

from zlib import crc32

import numpy as np


def generator(seed: int, purpose: str) -> np.random.Generator:
    """Return the generator for one purpose ("shuffle", "initialize dense/kernel") of one seed."""
    return np.random.default_rng([seed, crc32(purpose.encode())])
