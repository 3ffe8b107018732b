"""Changes from the command line: where they go, and that errors point at the flag."""

from __future__ import annotations

from typing import Any

import pytest

from nncli.config.document import parse
from nncli.config.overrides import Override, apply
from nncli.config.places import Place
from nncli.errors import ConfigError

TEXT = """\
epochs: 3
optimizer: adam
layers:
  - {type: Dense, units: 4}
  - {type: Dense, name: hidden, units: 5}
"""


def changed(text: str) -> dict[str, Any]:
    document = parse(TEXT, "c")
    apply(Override.from_set(text), document)
    assert isinstance(document.plain, dict)
    return document.plain


def test_value_follows_yaml() -> None:
    assert changed("epochs=5")["epochs"] == 5
    assert changed("metrics=[accuracy, auc]")["metrics"] == ["accuracy", "auc"]
    assert changed("name=")["name"] is None
    assert changed("name=a=b")["name"] == "a=b"


def test_lists_go_by_index_and_by_name() -> None:
    assert changed("layers.0.units=7")["layers"][0]["units"] == 7
    assert changed("layers.hidden.units=7")["layers"][1]["units"] == 7


def test_bare_name_grows_into_a_mapping() -> None:
    assert changed("optimizer.learning_rate=1e-2")["optimizer"] == {
        "type": "adam",
        "learning_rate": 0.01,
    }


def test_sections_that_are_missing_are_made() -> None:
    assert changed("data.scale=none")["data"] == {"scale": "none"}


def test_place_is_the_flag() -> None:
    document = parse(TEXT, "c")
    apply(Override.from_set("layers.1={type: Flatten}"), document)
    flag = Place("--set layers.1={type: Flatten}")
    assert document.places["layers", 1] == flag
    assert document.places["layers", 1, "type"] == flag
    assert ("layers", 1, "units") not in document.places
    assert document.places["layers", 0] == Place("c", 4, 5)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("epochs", "write path=value, as in --set optimizer.learning_rate=0.01"),
        ("a..b=3", "write path=value, as in --set optimizer.learning_rate=0.01"),
        ("layers.2.units=3", "layers: there is no item 2, the last of 2 is 1"),
        ("layers.hiden.units=3", "layers: no item is named 'hiden'; did you mean 'hidden'?"),
        ("layers[0].units=64", "items stand behind a dot; write layers.0.units=64"),
        ("layers.out.units=3", "layers: no item is named 'out'; count from 0 to 1"),
        ("epochs.x=3", "epochs is 3, which has no parts"),
        ("epochs=[1", "a list is opened with '[' here; a comma or its ']' is missing"),
    ],
)
def test_refusal(text: str, message: str) -> None:
    with pytest.raises(ConfigError) as error:
        changed(text)
    assert str(error.value) == f"--set {text}: {message}"


def test_environment_names_paths_by_two_underscores() -> None:
    variables = {"NNCLI_LAYERS__HIDDEN__UNITS": "7", "NNCLI_EPOCHS": "1e1", "HOME": "x"}
    assert Override.from_environment(variables) == [
        Override("NNCLI_EPOCHS=1e1", "epochs", "1e1"),
        Override("NNCLI_LAYERS__HIDDEN__UNITS=7", "layers.hidden.units", "7"),
    ]


def test_variable_without_a_path_is_refused() -> None:
    (override,) = Override.from_environment({"NNCLI_OPTIMIZER__": "3"})
    with pytest.raises(ConfigError) as error:
        apply(override, parse(TEXT, "c"))
    assert str(error.value) == (
        "NNCLI_OPTIMIZER__=3: write two underscores for a dot, "
        "as in NNCLI_OPTIMIZER__LEARNING_RATE=0.01"
    )
