from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nncli.runs.yaml_text import WIDTH, to_yaml

# The core schema of YAML 1.2.2, section 10.3.2: how a plain scalar is read.
CORE_NUMBER = re.compile(
    r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
)

texts = st.text(max_size=20) | st.from_regex(CORE_NUMBER, fullmatch=True)
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)


def test_a_config_reads_well():
    config = {
        "name": "pima",
        "data": {"train": "../../diabetes.csv", "target": 8, "classes": ("no", "1e-3")},
        "layers": [
            {"type": "Dense", "units": 10, "kernel_initializer": {"type": "zeros"}},
            {"type": "Dense", "units": 1, **{f"long_option_{i}": "some text" for i in range(5)}},
        ],
        "optimizer": {"type": "adam", "epsilon": 1e-7, "clipnorm": None},
        "metrics": ["accuracy"],
        "callbacks": [],
    }
    assert to_yaml(config) == (
        "name: pima\n"
        "data:\n"
        "  train: ../../diabetes.csv\n"
        "  target: 8\n"
        "  classes: ['no', '1e-3']\n"
        "layers:\n"
        "  - {type: Dense, units: 10, kernel_initializer: {type: zeros}}\n"
        "  - type: Dense\n"
        "    units: 1\n"
        "    long_option_0: some text\n"
        "    long_option_1: some text\n"
        "    long_option_2: some text\n"
        "    long_option_3: some text\n"
        "    long_option_4: some text\n"
        "optimizer:\n"
        "  type: adam\n"
        "  epsilon: 1.0e-07\n"
        "  clipnorm: null\n"
        "metrics: [accuracy]\n"
        "callbacks: []\n"
    )


def test_a_value_that_stands_twice_is_written_twice():
    shared = {"type": "zeros", "more": [1, 2]}
    text = to_yaml({"a": shared, "b": [shared, shared]})
    assert "&" not in text
    assert yaml.safe_load(text) == {"a": shared, "b": [shared, shared]}


@given(st.dictionaries(texts, values, max_size=4))
def test_yaml_1_1_reads_back_what_was_written(content):
    assert yaml.safe_load(to_yaml(content)) == content


@given(st.from_regex(CORE_NUMBER, fullmatch=True))
def test_text_that_looks_like_a_number_to_yaml_1_2_is_quoted(text):
    written = to_yaml({"a": text}).removeprefix("a: ").rstrip("\n")
    assert not CORE_NUMBER.fullmatch(written)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_floats_are_floats_to_both(number):
    written = to_yaml({"a": number}).removeprefix("a: ").rstrip("\n")
    assert CORE_NUMBER.fullmatch(written)
    assert "." in written
    assert isinstance(yaml.safe_load(written), float)
    assert float(written) == number


@pytest.mark.parametrize("units", [1, 10**30, 10**70])
def test_a_layer_on_one_line_is_not_wrapped(units):
    layer = {"type": "Dense", "units": units, "name": "dense"}
    lines = to_yaml({"layers": [layer] * 2}).splitlines()
    assert len(lines) in (3, 7)
    assert all(len(line) <= WIDTH for line in lines)
