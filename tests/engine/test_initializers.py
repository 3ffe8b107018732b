"""Every registered initializer: the mean, deviation and bounds of Keras's draws."""

from __future__ import annotations

import json
from math import prod, sqrt

import numpy as np
import pytest

from nncli.engine.initializers import Initializer
from nncli.errors import ShapeError
from tests.engine import support
from tests.golden.function_cases import INITIALIZER_SHAPES, INITIALIZERS, bare, fits

each_case = pytest.mark.parametrize("key", INITIALIZERS)


def draw(key: str, shape: tuple[int, ...], seed: int) -> np.ndarray:
    initializer = support.make(Initializer, bare(INITIALIZERS[key]))
    values: np.ndarray = initializer.draw(shape, np.random.default_rng(seed))
    return values


def test_every_initializer_has_a_case() -> None:
    assert not support.members_without_case(Initializer, INITIALIZERS)


@pytest.mark.parametrize("shape", [(5, 5), (3, 7), (7, 3), (2, 3, 4)])
def test_orthogonal_rows_or_columns(shape: tuple[int, ...]) -> None:
    initializer = support.make(Initializer, {"type": "orthogonal", "gain": 3.0})
    values = initializer.draw(shape, np.random.default_rng(1))
    assert values.shape == shape
    matrix = values.reshape(-1, shape[-1]) / 3.0
    short = matrix.T @ matrix if matrix.shape[0] >= matrix.shape[1] else matrix @ matrix.T
    assert np.allclose(short, np.eye(len(short)), atol=1e-12)


def test_orthogonal_has_no_preferred_sign() -> None:
    draws = [
        Initializer.members["orthogonal"]().draw((2, 2), np.random.default_rng(seed))  # type: ignore[attr-defined]
        for seed in range(400)
    ]
    assert np.all(np.abs(np.mean(draws, axis=0)) < 5 * np.sqrt(0.5 / 400))


@each_case
@pytest.mark.parametrize("number", range(len(INITIALIZER_SHAPES)))
def test_statistics_are_those_of_keras(key: str, number: int) -> None:
    """Both sides are samples: means may differ by five standard errors, deviations by 2 %."""
    shape = INITIALIZER_SHAPES[number]
    if not fits(INITIALIZERS[key], shape):
        return
    mean, deviation, lowest, highest = support.golden("initializers")[key][str(number)]
    values = draw(key, shape, seed=1)
    assert values.shape == shape
    assert abs(values.mean() - mean) <= 5 * sqrt(2 / prod(shape)) * deviation + 1e-12
    assert values.std() == pytest.approx(deviation, rel=0.02, abs=1e-12)
    if "normal" not in key and key != "orthogonal":
        reach = 0.001 * (highest - lowest)  # the bounds of a uniform distribution are sharp
        assert values.min() == pytest.approx(lowest, abs=reach + 1e-12)
        assert values.max() == pytest.approx(highest, abs=reach + 1e-12)
    elif "normal" in key and "random" not in key:  # cut, and full up to the cut
        reach = 0.05 * deviation
        assert values.min() == pytest.approx(lowest, abs=reach)
        assert values.max() == pytest.approx(highest, abs=reach)


def test_identity_is_the_gain_on_the_diagonal() -> None:
    values = support.make(Initializer, {"type": "identity", "gain": 0.5})
    drawn = values.draw((2, 3), np.random.default_rng(0))
    assert drawn.tolist() == [[0.5, 0.0, 0.0], [0.0, 0.5, 0.0]]


@each_case
def test_same_seed_same_bytes(key: str) -> None:
    assert draw(key, (5, 4), 3).tobytes() == draw(key, (5, 4), 3).tobytes()
    if key not in ("zeros", "ones", "constant", "identity"):
        assert draw(key, (5, 4), 3).tobytes() != draw(key, (5, 4), 4).tobytes()


@each_case
@pytest.mark.parametrize("shape", [(), (3,), (1, 1), (2, 3, 4, 5)])
def test_any_shape(key: str, shape: tuple[int, ...]) -> None:
    if fits(INITIALIZERS[key], shape):
        assert np.shape(draw(key, shape, 0)) == shape
    else:
        with pytest.raises(ShapeError, match="two axes"):
            draw(key, shape, 0)


@each_case
def test_config_round_trip(key: str) -> None:
    initializer = support.make(Initializer, bare(INITIALIZERS[key]))
    again = json.loads(json.dumps(support.as_plain(initializer)))
    assert support.make(Initializer, again) == initializer
