"""Bare words against YAML 1.2's core schema (section 10.3.2 of its specification)."""

from __future__ import annotations

import pytest

from nncli.config.scalars import resolve


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("NULL", None),
        ("true", True),
        ("False", False),
        ("0", 0),
        ("-19", -19),
        ("+3", 3),
        ("0o7", 7),
        ("0x3A", 58),
        ("0.", 0.0),
        ("-0.0", -0.0),
        (".5", 0.5),
        ("12e03", 12000.0),
        ("-2E+05", -200000.0),
        ("1e-3", 0.001),
        ("no", "no"),
        ("On", "On"),
        ("12:30", "12:30"),
        ("2024-01-01", "2024-01-01"),
        ("1_000", "1_000"),
        ("1/255", 1 / 255),
        ("1/0", "1/0"),
        (".", "."),
        ("1e", "1e"),
        ("nan", "nan"),
        ("tRUE", "tRUE"),
    ],
)
def test_value(text: str, value: object) -> None:
    resolved = resolve(text)
    assert (type(resolved), resolved) == (type(value), value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "012",
            "012 starts with a zero, which some readers of YAML take for an octal number; "
            "write 12, or '012' in quotes if it is a name",
        ),
        (".nan", ".nan isn't a finite number; write one, or leave out a key with a default"),
        ("-.inf", "-.inf isn't a finite number; write one, or leave out a key with a default"),
        ("1e999", "the number 1e999 is too large"),
        ("9" * 5000, "the number 99999999999999999999... is too large"),
        ("0" * 5000, None),
    ],
)
def test_refusal(text: str, message: str | None) -> None:
    with pytest.raises(ValueError) as error:
        resolve(text)
    assert message is None or str(error.value) == message
