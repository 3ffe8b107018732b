from __future__ import annotations

from pathlib import Path

import pytest
from matplotlib.figure import Figure

from nncli.reporting.plots import style


@pytest.fixture
def seen(monkeypatch) -> dict[str, dict]:
    """What each picture shows, by its file name: texts, curves as (x, y), limits and scales."""
    pictures = {}
    save = style.save

    def look(figure: Figure, path: Path) -> Path:
        axes = figure.axes[0]
        pictures[path.name] = {
            "texts": [text.get_text() for text in [*figure.texts, *axes.texts]],
            "legends": [
                text.get_text()
                for legend in [*figure.legends, axes.get_legend()]
                if legend
                for text in legend.get_texts()
            ],
            "labels": (axes.get_xlabel(), axes.get_ylabel()),
            "curves": [
                tuple(map(list, line.get_data())) for line in axes.lines if len(line.get_xdata())
            ],
            "ylim": axes.get_ylim(),
            "yscale": axes.get_yscale(),
            "size": tuple(figure.get_size_inches() * style.DPI),
        }
        return save(figure, path)

    monkeypatch.setattr(style, "save", look)
    return pictures
