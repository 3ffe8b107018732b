"""terminate_on_nan: what training does in any case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nncli.training.callbacks.base import Callback


@dataclass(kw_only=True)
class TerminateOnNan(Callback):
    """Changes nothing: training always ends at the first loss that isn't finite, with an error.

    Named after keras's TerminateOnNaN, so that a config may say it.
    """

    type: Literal["terminate_on_nan"] = "terminate_on_nan"
