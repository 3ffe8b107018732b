from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nncli.data.section import SplitMethod
from nncli.data.splits import held_out, take_out
from nncli.errors import ConfigError


def split(
    rows: int,
    count: int,
    method: SplitMethod,
    index: list[int] | None = None,
    seed: int = 1,
    purpose: str = "test",
) -> tuple[list[int], list[int]]:
    classes = None if index is None else np.array(index)
    stay, held = take_out(
        np.arange(rows), count, method=method, index=classes, seed=seed, purpose=purpose
    )
    return stay.tolist(), held.tolist()


@pytest.mark.parametrize(
    ("share", "rows", "count"), [(200, 768, 200), (0.2, 1000, 200), (0.1, 568, 57), (0.33, 4, 2)]
)
def test_fractions_round_as_keras_validation_split(share: float, rows: int, count: int) -> None:
    """Keras trains on the first int(rows * (1 - share))."""
    assert held_out(share, rows, "test") == count


@pytest.mark.parametrize(("share", "rows"), [(4, 4), (9, 4), (0.9, 1)])
def test_something_must_be_left(share: float, rows: int) -> None:
    with pytest.raises(ConfigError, match="some must be left to train on") as caught:
        held_out(share, rows, "validation")
    assert caught.value.problems[0].path == ("data", "validation")


def test_messages_count_in_words() -> None:
    with pytest.raises(ConfigError, match=r"^1 takes 1 row, but there is only 1 to take from"):
        held_out(1, 1, "test")
    with pytest.raises(ConfigError, match=r"^it takes 1 of 2 rows, .* the 2 classes$") as caught:
        split(2, 1, "stratified", [0, 1])
    assert caught.value.problems[0].hint == "say split: random"


def test_last_rows() -> None:
    assert split(5, 2, "last") == ([0, 1, 2], [3, 4])


def test_random_rows_hang_on_seed_and_purpose_and_keep_their_order() -> None:
    stay, held = split(50, 10, "random")
    assert sorted(stay + held) == list(range(50))
    assert (stay, held) == (sorted(stay), sorted(held))
    assert split(50, 10, "random") == (stay, held)
    assert split(50, 10, "random", seed=2)[1] != held
    assert split(50, 10, "random", purpose="validation")[1] != held


def test_stratified_by_largest_remainder() -> None:
    index = [0] * 50 + [1] * 33 + [2] * 17
    _, held = split(100, 10, "stratified", index)
    assert np.bincount(np.array(index)[held]).tolist() == [5, 3, 2]


def test_stratified_leaves_a_row_of_each_class() -> None:
    stay, _ = split(6, 3, "stratified", [0, 0, 1, 1, 2, 2])
    assert [row // 2 for row in stay] == [0, 1, 2]
    assert 0 in split(10, 5, "stratified", [0] + [1] * 9)[0]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.integers(0, 4), min_size=2, max_size=60).flatmap(
        lambda index: st.tuples(st.just(index), st.integers(1, len(index) - 1))
    )
)
def test_stratified_is_proportional(case: tuple[list[int], int]) -> None:
    index, count = case
    sizes = np.bincount(index, minlength=5)
    if count > np.maximum(sizes - 1, 0).sum():
        with pytest.raises(ConfigError, match="no row can be left"):
            split(len(index), count, "stratified", index)
        return
    stay, held = split(len(index), count, "stratified", index)
    quotas = np.bincount(np.array(index)[held], minlength=5)
    exact = sizes * count / len(index)
    assert len(held) == count
    assert sorted(stay + held) == list(range(len(index)))
    assert (quotas[sizes > 0] < sizes[sizes > 0]).all()
    if (sizes - exact >= 1)[sizes > 0].all():
        assert (np.abs(quotas - exact) < 1).all()


def test_stratified_needs_classes() -> None:
    with pytest.raises(ConfigError, match="needs classes"):
        split(5, 2, "stratified")
