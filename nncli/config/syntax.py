"""YAML's complaints about syntax, in words for someone who has never heard of a block mapping."""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

_GLUED_COLON = re.compile(r"^\s*(?:- )?([A-Za-z_]\w*):([^\s:/\\].*)$")

_MEANINGS = (
    ("tag", "tags that start with '!' aren't used here; quote the text if it should start so"),
    ("character '\\t'", "a tab; indent with spaces, YAML takes no tabs"),
    ("that cannot start any token", "this character can't start a value; put the text in quotes"),
    (
        "mapping values are not allowed here",
        "a second colon in one value, or a line indented too far",
    ),
    ("undefined alias", "an alias ('*name') needs its anchor ('&name') further up"),
    ("second occurrence", "the same anchor ('&name') stands twice"),
    ("another document", "a second document starts ('---'); a config is one document"),
    ("unexpected end of stream", "a quote is opened here and never closed"),
    ("could not find expected ':'", "a colon is missing, as in 'key: value'"),
    ("expected ',' or ']'", "a list is opened with '[' here; a comma or its ']' is missing"),
    ("expected ',' or '}'", "a mapping is opened with '{' here; a comma or its '}' is missing"),
    ("but found ']'", "a list is closed here that was never opened with '['"),
    ("but found '}'", "a mapping is closed here that was never opened with '{'"),
    (
        "expected the node content",
        "the text ends, or a sign follows, where a value should stand",
    ),
    ("expected <block end>", "this line's indentation doesn't match the lines above"),
    ("did not find expected", "this line's indentation doesn't match the lines above"),
    ("unacceptable character", "a character that can't be shown stands here; take it out"),
)
_ABOUT_THE_OPENING = ("unexpected end of stream", "expected ',' or")
"""Complaints that are made where the text goes on wrongly, but help where it began."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a text, where (line and column from 1), and the text without it."""

    message: str
    line: int
    column: int
    repaired: str | None = None
    """Known where there is no doubt what was meant."""


def explain(error: yaml.YAMLError, text: str) -> Fault:
    """Return what is wrong."""
    if isinstance(error, yaml.reader.ReaderError):
        before = text[: error.position]
        column = error.position - (before.rfind("\n") + 1)
        return Fault(_meaning("unacceptable character"), before.count("\n") + 1, column + 1)
    assert isinstance(error, yaml.MarkedYAMLError)
    problem = error.problem or error.context or ""
    mark = error.problem_mark or error.context_mark
    if error.context_mark and any(part in problem for part in _ABOUT_THE_OPENING):
        mark = error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    return _glued_colon(text.splitlines(), line) or Fault(_meaning(problem), line + 1, column + 1)


def _meaning(problem: str) -> str:
    return next(
        (meaning for part, meaning in _MEANINGS if part in problem),
        f"this isn't YAML: {problem}",
    )


def _glued_colon(lines: list[str], line: int) -> Fault | None:
    """Find `epochs:20`: YAML takes it for a text that goes on, and complains a line later."""
    for number in range(min(line, len(lines) - 1), max(line - 2, -1), -1):
        if match := _GLUED_COLON.match(lines[number]):
            key, value = match.groups()
            message = f"a space is missing after the colon; write '{key}: {value.strip()}'"
            spaced = f"{lines[number][: match.end(1)]}: {value}"
            repaired = "\n".join([*lines[:number], spaced, *lines[number + 1 :], ""])
            return Fault(message, number + 1, match.start(1) + 1, repaired)
    return None
