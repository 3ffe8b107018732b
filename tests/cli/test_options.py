from __future__ import annotations

import pytest
import typer

from nncli.cli.options import overrides, parse_duration


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90s", 90), ("30m", 1800), ("1h30m", 5400), ("2h", 7200), ("1h1m1s", 3661), ("45", 45)],
)
def test_durations(text: str, seconds: float) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "0s", "3x", "-5m", "1.5h", "m", "30m1h", "9" * 400 + "h"])
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(typer.BadParameter, match="isn't a duration; write 90s, 30m or 1h30m"):
        parse_duration(text)


def test_short_forms_come_after_what_is_set() -> None:
    found = overrides(["epochs=3", "loss=huber"], epochs=4, seed=0)
    assert [(change.flag, change.path, change.value) for change in found] == [
        ("--set epochs=3", "epochs", "3"),
        ("--set loss=huber", "loss", "huber"),
        ("--epochs 4", "epochs", "4"),
        ("--seed 0", "seed", "0"),
    ]
