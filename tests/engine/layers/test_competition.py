"""Competing arrays: the maximum, and its gradient to the first that holds it, by hand."""

import numpy as np

from nncli.engine.layers.competition import compete, share_out

FIRST, SECOND, THIRD = np.array([[1.0, 5.0, 2.0], [7.0, 7.0, 0.0], [3.0, 7.0, 2.0]])[:, np.newaxis]


def test_the_first_of_equal_ones_gets_the_gradient() -> None:
    best, wins = np.empty((1, 3)), np.empty((1, 2, 3), bool)
    compete(FIRST, [SECOND, THIRD], best, wins)
    assert best.tolist() == [[7.0, 7.0, 2.0]]
    left, shares = np.array([[10.0, 20.0, 30.0]]), [np.empty((1, 3)) for _ in range(2)]
    share_out(left, wins, shares)
    assert [share.tolist() for share in shares] == [[[10.0, 20.0, 0.0]], [[0.0, 0.0, 0.0]]]
    assert left.tolist() == [[0.0, 0.0, 30.0]]


def test_nobody_need_be_told_who_won() -> None:
    best = np.empty((1, 3))
    compete(FIRST, [SECOND, THIRD], best, None)
    assert best.tolist() == [[7.0, 7.0, 2.0]]
