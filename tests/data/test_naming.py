"""Names as they are advised must be read back from YAML as they are."""

from __future__ import annotations

import pytest
import yaml

from nncli.data.naming import in_yaml


@pytest.mark.parametrize(
    "name", ["null", "True", "🙂", "größe in m²", "a, b", 'say "x"', "x\u2028y", "a\tb"]
)
def test_names_can_be_copied_into_a_config(name: str) -> None:
    assert yaml.safe_load(in_yaml([name, 3])) == [name, 3]


def test_names_that_can_be_printed_are_shown_as_they_are() -> None:
    assert in_yaml(["🙂", "größe", "é 1"]) == '["🙂", größe, "é 1"]'
