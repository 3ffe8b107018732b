"""Mean and variance in one walk: as exact as two walks, in whatever order rows come."""

from __future__ import annotations

import numpy as np
import pytest

from nncli.engine.layers import BatchNormalization, Input
from nncli.engine.model import Model


@pytest.mark.parametrize("offset", [0.0, 1000.0])
@pytest.mark.parametrize("jump", [0.0, 100.0])
def test_little_cancels_in_float32(
    offset: float, jump: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first rows, by which the mean is guessed, lie far from the others."""
    monkeypatch.setattr("nncli.engine.layers.channels._CACHE_BYTES", 4 * 10 * 2)
    x = (offset + np.random.default_rng(1).normal(size=(200, 2))).astype(np.float32)
    x[:10] += np.float32(jump)
    model = Model([Input(shape=(2,)), BatchNormalization(momentum=0.0)])
    plan = model.plan(len(x), training=True)
    plan.inputs[0][...] = x
    plan.forward()
    mean, variance = model.state.values.reshape(2, 2)
    deviation = x.std(0, dtype=float).max()
    np.testing.assert_allclose(mean, x.mean(0, dtype=float), rtol=1e-7, atol=1e-6 * deviation)
    np.testing.assert_allclose(variance, x.var(0, dtype=float), rtol=1e-5)
