"""Whatever is written for whatever key of whatever component, the answer is in words of our own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from nncli.config.messages import problems_of
from nncli.config.schema import Validator
from nncli.data.kinds import Kind
from nncli.engine.activations import Activation
from nncli.engine.component import Component
from nncli.engine.constraints import Constraint
from nncli.engine.initializers import Initializer
from nncli.engine.layers import Layer
from nncli.engine.losses import Loss
from nncli.engine.metrics import Metric
from nncli.engine.optimizers import Optimizer
from nncli.engine.regularizers import Regularizer
from nncli.engine.schedules import Schedule
from nncli.training.callbacks import Callback
from tests.config.test_messages import GOOD, message

WRONG: list[Any] = [None, True, "abc", 3.5, -1, [], [1, 2, 3, 4], [[1], [2, 3, 4]], {"a": 1}]
PYDANTICS = ("Input should", "Field required", "validation", "Tuple", "valid ", "()", "None")
PLACES: dict[type[Component], tuple[str, ...]] = {
    Kind: ("data", "columns", "x"),
    Layer: ("layers", "0"),
    Activation: ("layers", "0", "activation"),
    Initializer: ("layers", "0", "kernel_initializer"),
    Regularizer: ("layers", "0", "kernel_regularizer"),
    Constraint: ("layers", "0", "kernel_constraint"),
    Loss: ("loss",),
    Optimizer: ("optimizer",),
    Schedule: ("optimizer", "learning_rate"),
    Metric: ("metrics", "0"),
    Callback: ("callbacks", "0"),
}


def configs(place: tuple[str, ...], member: type[Component]) -> Iterator[dict[str, Any]]:
    """Yield configs that have one wrong value each, in a component at the given place."""
    for field in fields(member):
        for wrong in WRONG * (field.name != "type"):
            plain: Any = {
                "data": {"train": "a.csv", "columns": {}},
                "layers": [{"type": "Dense", "units": 1}],
                "loss": "poisson",
                "optimizer": {"type": "sgd"},
                "metrics": [{}],
                "callbacks": [{}],
                "epochs": 1,
            }
            within = plain
            for step in place[:-1]:
                within = within[int(step) if isinstance(within, list) else step]
            last = int(place[-1]) if isinstance(within, list) else place[-1]
            within[last] = {"type": member.type, field.name: wrong}
            yield plain


@pytest.mark.parametrize("family", PLACES, ids=lambda family: family.__name__)
def test_no_word_of_pydantics(family: type[Component]) -> None:
    said = set()
    for name in family.members:
        validator = None
        for plain in configs(PLACES[family], family.members[name]):
            validator = validator or Validator(plain)
            try:
                validator.config(plain)
            except ValidationError as error:
                said |= {f"{name}: {problem.message}" for problem in problems_of(error, plain)}
    assert said
    assert [each for each in said if any(word in each for word in PYDANTICS)] == []


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        (
            "{type: Conv1D, filters: 2, kernel_size: [3, 3]}",
            "32: layers[0].kernel_size: expected a whole number or a list of 1, got a list of 2",
        ),
        (
            "{type: MaxPooling2D, pool_size: []}",
            "26: layers[0].pool_size: expected a whole number or a list of 2, got a list of 0",
        ),
        (
            "{type: ZeroPadding2D, padding: [[1, 2], [3]]}",
            "45: layers[0].padding[1]: expected a whole number or a list of 2, got a list of 1",
        ),
    ],
)
def test_lists_of_a_given_length(tmp_path: Path, layer: str, expected: str) -> None:
    text = GOOD.replace("{type: Dense, units: 4}", layer)
    assert message(tmp_path, text) == f"c.yaml:3:{expected}"


def test_metrics_of_an_output_are_a_list(tmp_path: Path) -> None:
    assert message(tmp_path, GOOD + "metrics: {kind: accuracy}\n") == (
        "c.yaml:7:11: metrics.kind: expected a list, got 'accuracy'; write [accuracy]"
    )


def test_a_key_that_is_wrong_or_missing_hides_nothing_beside_it(tmp_path: Path) -> None:
    layers = (
        "{type: Conv1D, filters: 0, kernel_size: -1, strides: 0}\n"
        "  - {type: Conv1D, kernel_size: 3, groups: 0}\n"
        "  - {type: Dense, units: 0, activity_regularizer: {type: l2, l2: -1}}"
    )
    said = message(tmp_path, GOOD.replace("{type: Dense, units: 4}", layers)).splitlines()
    assert said == [
        "c.yaml:3:20: layers[0].filters: must be at least 1, got 0",
        "c.yaml:3:32: layers[0].kernel_size: must be at least 1, got -1",
        "c.yaml:3:49: layers[0].strides: must be at least 1, got 0",
        "c.yaml:4:5: layers[1].filters: missing; 'filters' is required here",
        "c.yaml:4:36: layers[1].groups: must be at least 1, got 0",
        "c.yaml:5:19: layers[2].units: must be at least 1, got 0",
        "c.yaml:5:62: layers[2].activity_regularizer.l2: must not be negative, got -1.0",
    ]
