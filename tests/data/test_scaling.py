from __future__ import annotations

import numpy as np
import pytest

from nncli.data import scaling
from nncli.data.section import ScaleMethod


def test_standard_and_minmax_by_hand() -> None:
    features = np.array([[1.0, 5.0], [2.0, 5.0], [3.0, 5.0], [6.0, 5.0]])
    standard = scaling.fit("standard", [features])
    minmax = scaling.fit("minmax", [features])
    assert standard is not None and minmax is not None
    assert standard.offset.tolist() == [3, 5]
    assert standard.scale.tolist() == [3.5**0.5, 1]
    assert minmax.offset.tolist() == [1, 5]
    assert minmax.scale.tolist() == [5, 1]
    assert scaling.fit("none", [features]) is None


@pytest.mark.parametrize("method", ["standard", "minmax"])
def test_agrees_with_scikit_learn_whatever_the_pieces(method: ScaleMethod) -> None:
    sklearn = pytest.importorskip("sklearn.preprocessing")
    random = np.random.default_rng(1)
    features = random.normal(1e4, 3.0, (1000, 5)).astype(np.float32)
    features[:, 3] = 0.1  # a mean of equal numbers is not always that number
    scaler = scaling.fit(method, np.array_split(features, [1, 2, 500]))
    assert scaler is not None
    truth = {"standard": sklearn.StandardScaler, "minmax": sklearn.MinMaxScaler}[method]()
    expected = truth.fit_transform(features.astype(np.float64))
    assert scaler.scale[3] == 1
    scaler.apply(features)
    np.testing.assert_allclose(features, expected, rtol=1e-6, atol=1e-6)


def test_a_row_is_scaled_to_the_same_bits_in_any_company() -> None:
    features = np.random.default_rng(2).normal(size=(300_000, 3)).astype(np.float32)
    scaler = scaling.fit("standard", scaling.blocks(features))
    assert scaler is not None
    alone = features[[123_456]].copy()
    scaler.apply(alone)
    scaler.apply(features)
    assert alone.tobytes() == features[123_456].tobytes()


def test_blocks_are_all_rows_in_order() -> None:
    features = np.arange(700_000.0).reshape(-1, 7)
    parts = list(scaling.blocks(features))
    assert len(parts) > 1
    np.testing.assert_array_equal(np.concatenate(parts), features)
