"""non_neg: no weight below 0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.constraints.base import Constraint
from nncli.engine.types import Array


@dataclass(kw_only=True)
class NonNeg(Constraint):
    """No weight below 0, as keras.constraints.NonNeg."""

    type: Literal["non_neg"] = "non_neg"

    def apply(self, values: Array) -> None:
        """Make negative weights 0."""
        np.maximum(values, 0.0, out=values)
