from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from nncli.reporting.plots import draw_mistakes


@pytest.mark.parametrize(("count", "shape"), [(1, (8, 8, 1)), (7, (1, 9, 3)), (100, (4, 4, 1))])
def test_a_page_of_any_number_of_pictures(tmp_path, seen, count, shape):
    pictures = np.random.default_rng(0).normal(size=(count, *shape)).astype(np.float32)
    captions = [[f"true {number}", "predicted 1"] for number in range(count)]
    path = draw_mistakes(tmp_path / "plots", pictures, captions, split="test")
    assert path == tmp_path / "plots" / "mistakes.png"
    heading = ["Worst mistakes", "of test rows, highest loss first"]
    shown = [f"true {number}\npredicted 1" for number in range(min(count, 24))]
    assert seen["mistakes.png"]["texts"] == [*heading, *shown]


def test_the_pixels_are_shown_by_their_brightness(tmp_path):
    pictures = np.array([10.0, 60.0, 110.0, 110.0]).reshape(1, 2, 2, 1)
    with Image.open(draw_mistakes(tmp_path, pictures, [["a"]], split="test")) as page:
        pixels = np.asarray(page.convert("L"))
    tile = pixels[97:253, 21:177]  # 1.2 inches at 130 dots, from 0.75 and 0.16 on
    found = tile[39, 39], tile[39, 117], tile[117, 39], tile[117, 117]
    np.testing.assert_allclose(np.array(found, float), [0, 127, 255, 255], atol=2)


def test_pictures_without_contrast_or_numbers(tmp_path):
    for value in (3.0, np.nan, np.inf):
        assert draw_mistakes(tmp_path, np.full((2, 4, 4, 3), value), [["a"], ["b"]], split="x")
