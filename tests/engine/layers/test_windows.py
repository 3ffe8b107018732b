"""Windows against their definition, and TensorFlow's padding worked out by hand."""

from itertools import product

import numpy as np
import pytest

from nncli.engine.layers.windows import lay, lay_over
from nncli.errors import ShapeError


@pytest.mark.parametrize(
    ("size", "taps", "stride", "before", "after"),
    [
        (5, 3, 1, 1, 1),
        (5, 2, 1, 0, 1),  # the odd one comes last
        (6, 4, 1, 1, 2),
        (7, 4, 2, 1, 2),
        (6, 3, 2, 0, 1),  # the last window alone needs some
        (7, 2, 3, 0, 1),
        (8, 2, 4, 0, 0),
    ],
)
def test_same_pads_as_tensorflow(
    size: int, taps: int, stride: int, before: int, after: int
) -> None:
    windows = lay(size, taps, stride, 1, "same")
    assert (windows.count, windows.before, windows.after) == (-(-size // stride), before, after)


@pytest.mark.parametrize("padding", ["valid", "same"])
def test_inside_is_what_isnt_padding(padding: str) -> None:
    for size, taps, stride, dilation in product(range(1, 9), (1, 2, 3), (1, 2, 4), (1, 3)):
        if padding == "valid" and (taps - 1) * dilation >= size:
            continue
        windows = lay(size, taps, stride, dilation, padding)  # type: ignore[arg-type]
        met = np.full((windows.count, taps), -1)
        for tap, (to, start) in enumerate(windows.inside()):
            met[to, tap] = np.arange(size)[start]
        position = np.arange(windows.count)[:, np.newaxis] * stride
        expected = position + np.arange(taps) * dilation - windows.before
        inside = (expected >= 0) & (expected < size)
        np.testing.assert_array_equal(met, np.where(inside, expected, -1))


def test_windows_larger_than_the_image_are_refused() -> None:
    with pytest.raises(ShapeError, match=r"5 x 2 don't fit into images of shape \(None, 4, 9, 1\)"):
        lay_over((4, 9, 1), (5, 2), 1, 1, "valid")
