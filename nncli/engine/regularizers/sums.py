"""Penalties that are sums over single values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from nncli.engine.regularizers.base import Regularizer, require_strength
from nncli.engine.types import Array


class _Sums(Regularizer):
    """A penalty of sums over the single values."""

    of_single_values = True

    def strengths(self) -> tuple[float, float]:
        """Return what |values| and values² are multiplied by."""
        raise NotImplementedError

    def penalty(self, values: Array, scratch: Array) -> float:
        """Return l1 * sum(|values|) + l2 * sum(values²)."""
        l1, l2 = self.strengths()
        total = 0.0
        if l1:
            np.absolute(values, scratch)
            total += l1 * float(np.add.reduce(scratch, None))
        if l2:
            flat = values.ravel()
            total += l2 * float(flat.dot(flat))
        return total

    def add_gradient(self, values: Array, gradient: Array, share: float, scratch: Array) -> None:
        """Add l1 * sign(values) + 2 * l2 * values."""
        l1, l2 = self.strengths()
        if l1:
            np.sign(values, scratch)
            np.multiply(scratch, l1 * share, scratch)
            np.add(gradient, scratch, gradient)
        if l2:
            np.multiply(values, 2.0 * l2 * share, scratch)
            np.add(gradient, scratch, gradient)


@dataclass(kw_only=True)
class L1(_Sums):
    """l1 * sum(|x|), which makes small values zero; as keras.regularizers.L1."""

    type: Literal["l1"] = "l1"
    l1: float = 0.01
    """The strength."""

    def check(self) -> None:
        """Refuse a negative strength."""
        require_strength("l1", self.l1)

    def strengths(self) -> tuple[float, float]:
        """Return the one there is."""
        return self.l1, 0.0


@dataclass(kw_only=True)
class L2(_Sums):
    """l2 * sum(x²), which makes large values small; as keras.regularizers.L2."""

    type: Literal["l2"] = "l2"
    l2: float = 0.01
    """The strength."""

    def check(self) -> None:
        """Refuse a negative strength."""
        require_strength("l2", self.l2)

    def strengths(self) -> tuple[float, float]:
        """Return the one there is."""
        return 0.0, self.l2


@dataclass(kw_only=True)
class L1L2(_Sums):
    """l1 * sum(|x|) + l2 * sum(x²), as keras.regularizers.L1L2."""

    type: Literal["l1_l2"] = "l1_l2"
    l1: float = 0.0
    """The strength of the first."""
    l2: float = 0.0
    """The strength of the second."""

    def check(self) -> None:
        """Refuse negative strengths."""
        require_strength("l1", self.l1)
        require_strength("l2", self.l2)

    def strengths(self) -> tuple[float, float]:
        """Return both."""
        return self.l1, self.l2
