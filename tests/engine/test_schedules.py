"""Every schedule gives Keras's rate at every step."""

from __future__ import annotations

import pytest

from nncli.engine.schedules import Schedule
from tests.engine import support
from tests.golden.optimizer_cases import SCHEDULES


def test_every_schedule_has_cases() -> None:
    assert not support.members_without_case(Schedule, SCHEDULES, at_least=2)


@pytest.mark.parametrize("key", SCHEDULES)
def test_rates_are_those_of_keras(key: str) -> None:
    schedule = support.make(Schedule, {"type": key.partition(".")[0], **SCHEDULES[key]})
    truth = support.golden("schedules")[key]["rates"]
    rates = [schedule.rate(step) for step in range(len(truth))]
    assert support.error(rates, truth) <= support.ROUNDED


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"type": "exponential_decay", "decay_steps": 0}, "decay_steps must be at least 1, got 0"),
        ({"type": "inverse_time_decay", "decay_rate": -1.0}, "decay_rate must not be negative"),
        ({"type": "exponential_decay", "initial_learning_rate": float("nan")}, "initial_learning"),
    ],
)
def test_rates_and_stretches_that_make_no_sense(fields: dict[str, object], message: str) -> None:
    given = {"initial_learning_rate": 0.5, "decay_steps": 5, "decay_rate": 0.5} | fields
    with pytest.raises(ValueError, match=message):
        support.make(Schedule, given)


@pytest.mark.parametrize(
    ("boundaries", "values", "message"),
    [
        ([], [0.5], "boundaries must hold"),
        ([5, 5], [1.0, 0.5, 0.25], "boundaries must be in increasing order"),
        ([5], [0.5], "values must be one more"),
    ],
)
def test_stretches_need_a_rate_each(
    boundaries: list[int], values: list[float], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        support.make(
            Schedule,
            {"type": "piecewise_constant_decay", "boundaries": boundaries, "values": values},
        )


def test_a_warmup_needs_a_target() -> None:
    with pytest.raises(ValueError, match="warmup_steps need a warmup_target"):
        support.make(
            Schedule,
            {
                "type": "cosine_decay",
                "initial_learning_rate": 0.5,
                "decay_steps": 5,
                "warmup_steps": 2,
            },
        )
