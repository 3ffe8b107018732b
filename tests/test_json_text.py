"""JSON on the screen and in files, read by a parser that takes no word outside of the format."""

from __future__ import annotations

import io
import json
import math

import pytest

from nncli.json_text import json_text
from nncli.reporting.console import EpochsAsJson
from nncli.reporting.listing import rows_as


def strictly(text: str) -> object:
    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is no JSON")

    return json.loads(text, parse_constant=refuse)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_not_finite_is_null(value: float) -> None:
    content = {"a": [1, 0.1, value], "b": ({"c": value},), "d": "NaN"}
    assert strictly(json_text(content)) == {"a": [1, 0.1, None], "b": [{"c": None}], "d": "NaN"}
    stream = io.StringIO()
    EpochsAsJson(stream).on_epoch_end(2, {"loss": value, "accuracy": 0.5})
    assert strictly(stream.getvalue()) == {"epoch": 2, "loss": None, "accuracy": 0.5}
    assert strictly(rows_as("json", ["loss"], [{"loss": value}])) == [{"loss": None}]


def test_text_is_ascii_unless_told_otherwise() -> None:
    assert json_text("ü") == '"\\u00fc"'
    assert json_text("ü", ensure_ascii=False) == '"ü"'
