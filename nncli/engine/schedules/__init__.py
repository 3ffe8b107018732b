"""One file a kind of schedule; imported when a config names it, or on access."""

from typing import Any

from nncli.engine.schedules.base import Schedule

__all__ = ["Schedule"]

Schedule.members.place(
    __name__,
    {
        "cosine_decay": "cosine",
        "cosine_decay_restarts": "cosine",
        "exponential_decay": "decay",
        "inverse_time_decay": "decay",
        "piecewise_constant_decay": "piecewise",
        "polynomial_decay": "decay",
    },
)


def __getattr__(name: str) -> Any:
    return Schedule.members.by_class_name(name)
