"""Documents that can rot: what is generated is current, and what is pasted is what is printed."""

from __future__ import annotations

import pytest

from docs.generate import FOLDER, pages


@pytest.mark.parametrize("name", ["cli.md", "config.md"])
def test_page_is_current(name: str) -> None:
    written = (FOLDER / name).read_text(encoding="utf-8")
    assert written == pages()[name], "run `python -m docs.generate` (or `just docs`)"
