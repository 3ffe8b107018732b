"""The rows that a network is most wrong about, where they are pictures: a page of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from nncli.engine.types import Array
from nncli.reporting.plots import style

MOST_PICTURES = 24
_ACROSS, _SIDE, _CAPTION = 6, 1.2, 0.42
"""Pictures in a row; inches of one's side and below it."""
_LONGEST_LINE = 18
"""Characters of a line of a caption that are shown."""


def draw_mistakes(
    folder: Path, pictures: Array, captions: Sequence[Sequence[str]], *, split: str
) -> Path:
    """Draw mistakes.png; return its path.

    Args:
        folder: where to; made where it is missing.
        pictures: (pictures, height, width, 1 or 3), the worst first.
        captions: the lines below each.
        split: which rows these are, as "test".
    """
    count = min(len(pictures), MOST_PICTURES)
    across = min(count, _ACROSS)
    down = -(-count // _ACROSS)
    step = _SIDE + _CAPTION
    figure = style.new_figure(max(across * (_SIDE + 0.2) + 0.3, 4.6), down * step + 0.85)
    width, height = figure.get_size_inches()
    longest = max(pictures.shape[1:3])
    high, wide = (_SIDE * pixels / longest for pixels in pictures.shape[1:3])
    with style.styled():
        axes = style.place_axes(figure, 0, 0, 0, 0)  # one for all: each would take 20 ms
        axes.set_axis_off()
        for place, picture in enumerate(_brightness(pictures[:count])):
            row, column = divmod(place, _ACROSS)
            left, top = 0.16 + column * (_SIDE + 0.2), 0.75 + row * step
            extent = (left, left + wide, top + high, top)
            axes.imshow(picture, cmap="gray", vmin=0, vmax=1, aspect="auto", extent=extent)
            lines = [style.shortened(line, _LONGEST_LINE) for line in captions[place]]
            axes.text(left, top + high + 0.05, "\n".join(lines), va="top", fontsize=8.5)
        axes.set(xlim=(0, width), ylim=(height, 0))
        style.Heading(figure).write("Worst mistakes", f"of {split} rows, highest loss first")
        return style.save(figure, folder / "mistakes.png")


def _brightness(pictures: Array) -> Array:
    """Return pictures from 0 to 1, by the darkest and brightest pixel; grey ones lose an axis."""
    values = np.nan_to_num(pictures.astype(np.float64), posinf=0.0, neginf=0.0)
    low, high = values.min(), values.max()
    scaled = (values - low) / (high - low) if high > low else np.zeros_like(values)
    return scaled[..., 0] if pictures.shape[-1] == 1 else scaled
