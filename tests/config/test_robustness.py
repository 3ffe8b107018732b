"""Whatever is in the file: a config comes out, or a message. Never another error, never a hang."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nncli.config.document import parse
from nncli.config.loading import load
from nncli.config.overrides import Override
from nncli.errors import ConfigError

GOOD: dict[str, Any] = {
    "seed": 1,
    "data": {"train": "a.csv", "test": 0.2, "target": "y"},
    "layers": [
        {"type": "Dense", "units": 4, "activation": "relu"},
        {"type": "Dropout", "rate": 0.5},
        {"type": "Dense", "units": 1, "kernel_initializer": {"type": "constant", "value": 1.0}},
    ],
    "loss": "mean_squared_error",
    "optimizer": {"type": "adam", "learning_rate": 0.01},
    "metrics": ["mean_absolute_error"],
    "epochs": 3,
    "callbacks": [{"type": "early_stopping", "patience": 2}],
}
SOME = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
NAMES = st.sampled_from(["Dense", "dense", "relu", "adam", "type", "units", "layers", "a.b", "é"])
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | NAMES
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(NAMES | st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    found = []
    for key, item in items:
        found.append((*path, key))
        if isinstance(item, dict | list):
            found += paths(item, (*path, key))
    return found


def outcome(path: Path, changes: list[Override]) -> str:
    try:
        load(path, changes)
    except ConfigError as error:
        assert str(error).strip()
        assert "Traceback" not in str(error)
        return str(error)
    return ""


@SOME
@given(where=st.sampled_from(paths(GOOD)), value=VALUES, key=st.none() | NAMES)
def test_mutated_configs(
    tmp_path: Path, where: tuple[Any, ...], value: Any, key: str | None
) -> None:
    plain = json.loads(json.dumps(GOOD))
    holder = plain
    for step in where[:-1]:
        holder = holder[step]
    if key is not None and isinstance(holder, dict):
        holder[key] = value
    else:
        holder[where[-1]] = value
    path = tmp_path / "c.yaml"
    path.write_text(json.dumps(plain), encoding="utf-8")
    outcome(path, [])


@SOME
@given(text=st.text(st.characters(codec="utf-8") | st.sampled_from("[]{}:,-&*!|>'\"\n\t #?%")))
def test_any_text_is_a_document_or_a_message(text: str) -> None:
    try:
        parse(text, "c.yaml")
    except ConfigError as error:
        assert str(error).startswith("c.yaml:")


@SOME
@given(text=st.text(max_size=20) | st.from_regex(r"(layers|data|epochs)(\.\w+)*=.*"))
def test_any_change(tmp_path: Path, text: str) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(json.dumps(GOOD), encoding="utf-8")
    try:
        change = Override.from_set(text)
    except ConfigError:
        return
    outcome(path, [change])
