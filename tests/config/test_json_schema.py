"""The JSON Schema against a validator that we didn't write, and against nncli's own judgement."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from docs.json_schema import SCHEMA, json_schema
from nncli.config.document import parse
from nncli.config.schema import validate
from nncli.config.shipped import schema
from tests.config.test_robustness import GOOD
from tests.golden.cases import LAYERS

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted((ROOT.parent / "configs").glob("*.yaml"))
BROKEN = sorted((ROOT / "cli" / "broken").glob("*.yaml"))
BEYOND = {"columns", "input_shape", "last_layer", "monitors", "no_input_order"}
"""What no schema can catch: it takes the table, the shapes, or the metrics to see it."""

VALIDATOR = Draft202012Validator(schema())


def plain(path: Path) -> Any:
    return parse(path.read_text(encoding="utf-8"), path.name).plain


def test_the_shipped_file_is_current() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == json_schema(), "run `python -m docs.generate`"


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_are_valid(path: Path) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(plain(path))] == []


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_what_is_broken_is_caught(path: Path) -> None:
    assert VALIDATOR.is_valid(plain(path)) == (path.stem in BEYOND)


@pytest.mark.parametrize("name", sorted(LAYERS))
def test_every_layer_is_valid(name: str) -> None:
    config = GOOD | {"layers": LAYERS[name]["layers"]}
    validate(config)
    assert [error.message for error in VALIDATOR.iter_errors(config)] == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("layers", [{"type": "dense", "units": 3}]),
        ("layers", [{"type": "Dense"}]),
        ("layers", ["Dense"]),
        ("layers", [{"type": "Dense", "units": 3, "unit": 3}]),
        ("layers", [{"type": "Dense", "units": 3, "activation": "reLU"}]),
        ("layers", [{"type": "Bidirectional", "layer": {"type": "LSTM", "unit": 3}}]),
        ("layers", []),
        ("optimizer", "Adam"),
        ("optimizer", {"type": "adam", "learning_rate": "fast"}),
        ("optimizer", {"learning_rate": 0.1}),
        ("metrics", ["acc"]),
        ("loss", 3),
        ("epochs", 0),
        ("seeds", 3),
    ],
)
def test_both_refuse(path: str, value: Any) -> None:
    config = GOOD | {path: value}
    with pytest.raises(ValueError, match="validation error"):
        validate(config)
    assert not VALIDATOR.is_valid(config)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("layers", ["Flatten", {"type": "Dense", "units": 3, "activation": "relu"}]),
        ("layers", [{"type": "Bidirectional", "layer": {"type": "LSTM", "units": 3}}]),
        ("optimizer", "adam"),
        ("seed", None),
        ("data", {"train": "a.csv", "target": "y", "columns": {"age": {"type": "numeric"}}}),
    ],
)
def test_both_accept(path: str, value: Any) -> None:
    config = GOOD | {path: value}
    validate(config)
    assert [error.message for error in VALIDATOR.iter_errors(config)] == []


def test_every_key_is_described() -> None:
    whole = schema()
    for name, part in {"config": whole, **whole["$defs"]}.items():
        for key, value in part.get("properties", {}).items():
            assert value.get("description"), f"{name}.{key}"
