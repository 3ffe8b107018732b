"""What a bare word in YAML means, by version 1.2: `no` is a text and `1e-3` a number.

YAML's two versions read a few spellings differently. Those are refused, not guessed at.
"""

from __future__ import annotations

import math
import re

Scalar = str | int | float | bool | None

_CONSTANTS: dict[str, Scalar] = {"": None, "~": None}
for _word, _value in (("null", None), ("true", True), ("false", False)):
    _CONSTANTS |= dict.fromkeys((_word, _word.capitalize(), _word.upper()), _value)
_INTEGER = re.compile(r"[-+]?[0-9]+")
_BASED_INTEGER = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_FRACTION = re.compile(r"([0-9]+)/([1-9][0-9]*)")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_LEADING_ZERO = re.compile(r"[-+]?0[0-9]+")
_LONGEST_INTEGER = 100


def resolve(text: str) -> Scalar:
    """Return the value that an unquoted `text` stands for.

    Raises:
        ValueError: it has no one meaning that a config could use.
    """
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _LEADING_ZERO.fullmatch(text):
        raise ValueError(
            f"{text} starts with a zero, which some readers of YAML take for an octal number; "
            f"write {int(text[:_LONGEST_INTEGER])}, or '{text}' in quotes if it is a name"
        )
    if _INTEGER.fullmatch(text):
        return _integer(text, 10)
    if _BASED_INTEGER.fullmatch(text):
        return _integer(text, 0)
    if _NOT_FINITE.fullmatch(text):
        raise ValueError(
            f"{text} isn't a finite number; write one, or leave out a key with a default"
        )
    if _FLOAT.fullmatch(text):
        return _float(text)
    if fraction := _FRACTION.fullmatch(text):  # as in the scale 1/255 of pixels
        return _float(fraction[1]) / _float(fraction[2])
    return text


def _integer(text: str, base: int) -> int:
    if len(text) > _LONGEST_INTEGER:
        raise ValueError(f"the number {text[:20]}... is too large")
    return int(text, base)


def _float(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise ValueError(f"the number {text[:20]} is too large")
    return value
