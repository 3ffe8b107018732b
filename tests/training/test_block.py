"""Blocks: batches are views of the block, cut to size, filled with the rows they are lent for."""

import numpy as np
import pytest

from nncli.training.block import Blocks

TARGETS = (np.arange(14.0).reshape(7, 2), np.arange(7))


def blocks() -> Blocks:
    return Blocks(3, TARGETS, ((4,),), np.dtype(np.float32))


def test_batches_are_parts_of_the_block() -> None:
    block = blocks().lend(7)
    assert [part for part, *_ in block.batches] == [slice(0, 3), slice(3, 6), slice(6, 7)]
    for part, targets, outputs in block.batches:
        assert [len(array) for array in (*targets, *outputs)] == [part.stop - part.start] * 3
        outputs[0][:] = part.start
    assert block.outputs[0][:, 0].tolist() == [0, 0, 0, 3, 3, 3, 6]


@pytest.mark.parametrize("rows", [slice(2, 6), np.array([6, 0, 3, 3])])
def test_fill_copies_the_targets_of_these_rows(rows: slice | np.ndarray) -> None:
    lender = blocks()
    block = lender.lend(4)
    block.fill(TARGETS, rows)
    for filled, known in zip(block.targets, TARGETS, strict=True):
        assert filled.tolist() == known[rows].tolist()


def test_the_same_block_is_lent_again() -> None:
    lender = blocks()
    assert lender.lend(6) is lender.lend(6) is not lender.lend(1)
