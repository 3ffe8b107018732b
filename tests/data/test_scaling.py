from __future__ import annotations

import numpy as np
import pytest

from nncli.data import scaling
from nncli.data.scaling import ScaleMethod


def test_methods_by_hand() -> None:
    column = np.array([1.0, 2.0, 3.0, 6.0])
    methods: list[ScaleMethod] = ["standard", "minmax", "robust", "none", "standard", "log1p"]
    numbers = np.stack([column, column, column, column, np.full(4, 5.0), column], axis=1)
    found = scaling.fit(methods, numbers)
    assert found.offset.tolist() == [3, 1, 2.5, 0, 5, 0]
    assert found.divisor.tolist() == [3.5**0.5, 5, 2, 1, 1, 1]  # quartiles 1.75 and 3.75
    scaled = numbers.copy()
    found.apply(scaled)
    np.testing.assert_allclose(scaled[3], [3 / 3.5**0.5, 1, 1.75, 6, 0, np.log(7)])
    np.testing.assert_allclose(found.undo(scaled), numbers)


def test_missing_numbers_are_filled_in_first() -> None:
    numbers = np.array([[1.0], [np.nan], [5.0]])
    found = scaling.fit(["minmax"], numbers, np.array([9.0]))
    assert (found.offset.tolist(), found.divisor.tolist()) == ([1], [8])


@pytest.mark.parametrize("method", ["standard", "minmax", "robust"])
def test_agrees_with_scikit_learn(method: ScaleMethod) -> None:
    sklearn = pytest.importorskip("sklearn.preprocessing")
    random = np.random.default_rng(1)
    features = random.normal(1e4, 3.0, (60_000, 5)).astype(np.float32)
    features[:, 3] = 0.1  # a mean of equal numbers is not always that number
    found = scaling.fit([method] * 5, features)
    scalers = {
        "standard": sklearn.StandardScaler,
        "minmax": sklearn.MinMaxScaler,
        "robust": sklearn.RobustScaler,
    }
    expected = scalers[method]().fit_transform(features.astype(np.float64))
    assert found.divisor[3] == 1
    found.apply(features)
    np.testing.assert_allclose(features, expected, rtol=1e-6, atol=1e-6)


def test_a_row_is_scaled_to_the_same_bits_in_any_company() -> None:
    features = np.random.default_rng(2).normal(size=(300_000, 3)).astype(np.float32)
    found = scaling.fit(["standard", "log1p", "robust"], np.abs(features))
    alone = np.abs(features[[123_456]])
    found.apply(alone)
    found.apply(np.abs(features, out=features))
    assert alone.tobytes() == features[123_456].tobytes()


def test_blocks_are_all_rows_in_order() -> None:
    features = np.arange(700_000.0).reshape(-1, 7)
    parts = list(scaling.blocks(features))
    assert len(parts) > 1
    np.testing.assert_array_equal(np.concatenate(parts), features)
