from __future__ import annotations

from typing import Any

import pytest

from nncli.data.section import DataSection


def test_only_the_training_table_is_required() -> None:
    section = DataSection(train="a.csv")
    assert section.header
    assert section.scale == "none"
    assert section.test is None


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"test": 1.5}, "test must be a fraction between 0 and 1"),
        ({"test": 1.0}, "test must be a fraction between 0 and 1"),
        ({"validation": 0}, "validation must be at least 1 row"),
        ({"delimiter": ", "}, "delimiter must be a single character"),
        ({"features": ()}, "features must name at least one column"),
        ({"target": ()}, "target must name at least one column"),
        ({"classes": ("a",)}, "classes must be two or more"),
        ({"classes": ("a", "b", "a")}, "classes must be two or more"),
    ],
)
def test_what_makes_no_sense_is_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        DataSection(train="a.csv", **fields)
