from __future__ import annotations

import numpy as np

from nncli.reporting.predictions import Preview, text_rows


def test_numbers_have_the_digits_that_tell_them_apart() -> None:
    chunk = (
        ["07", "8"],
        np.array(["a", "b"], dtype=object),
        np.array([0.1, 1 / 3], dtype=np.float32),
        np.array([0.1, 1 / 3]),
    )
    rows = list(text_rows([chunk]))
    assert rows == [("07", "a", "0.1", "0.1"), ("8", "b", "0.33333334", "0.3333333333333333")]
    assert [np.float32(row[2]) for row in rows] == chunk[2].tolist()


def test_chunks_follow_each_other() -> None:
    assert list(text_rows([(["a"],), (["b"],)])) == [("a",), ("b",)]


def test_preview_lets_all_chunks_through_and_shows_five_rows() -> None:
    preview = Preview(["n"])
    chunks = [(["0", "1"],), ([],), ([str(n) for n in range(2, 9)],), (np.arange(998),)]
    assert list(preview.watch(chunks)) == chunks
    assert str(preview) == "n\n0\n1\n2\n3\n4\n... and 1,002 more"


def test_preview_of_few_rows_says_nothing_of_more() -> None:
    preview = Preview(["n"])
    assert list(preview.watch([(["1"],)])) == [(["1"],)]
    assert str(preview) == "n\n1"
