"""One file a callback; imported when a config names it, or on access."""

from typing import Any

from nncli.training.callbacks.base import Callback

__all__ = ["Callback"]

Callback.members.place(
    __name__,
    {
        "early_stopping": "early_stopping",
        "learning_rate_scheduler": "learning_rate_scheduler",
        "model_checkpoint": "model_checkpoint",
        "reduce_lr_on_plateau": "reduce_lr_on_plateau",
        "terminate_on_nan": "terminate_on_nan",
    },
)


def __getattr__(name: str) -> Any:
    return Callback.members.by_class_name(name)
