"""ReLU, LeakyReLU and ELU: activations with arguments, as layers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nncli.engine.activations import Activation, Elu, LeakyRelu, Relu
from nncli.engine.activations.rectifiers import BoundedRelu
from nncli.engine.component import require
from nncli.engine.layers.activation import ActivationLayer


@dataclass(kw_only=True)
class ReLU(ActivationLayer):
    """max(inputs, 0), or with other bounds and slopes, as keras.layers.ReLU.

    Inputs above `threshold` pass, at most as `max_value`; those below become
    negative_slope * (inputs - threshold).

    Input shape: any. Output shape: the same.
    """

    type: Literal["ReLU"] = "ReLU"
    max_value: float | None = None
    """The largest output; by default there is none."""
    negative_slope: float = 0.0
    """The slope below the threshold."""
    threshold: float = 0.0
    """From where on inputs pass."""

    def check(self) -> None:
        """Refuse negative numbers, as Keras does."""
        for name in ("max_value", "negative_slope", "threshold"):
            value = getattr(self, name)
            require(value is None or value >= 0, f"{name} must not be negative, got {value}")

    def choose(self) -> Activation:
        """The fastest that does it."""
        if self.max_value is not None or self.threshold:
            return BoundedRelu(
                max_value=self.max_value,
                negative_slope=self.negative_slope,
                threshold=self.threshold,
            )
        return LeakyRelu(negative_slope=self.negative_slope) if self.negative_slope else Relu()


@dataclass(kw_only=True)
class LeakyReLU(ActivationLayer):
    """inputs where they are positive, else negative_slope * inputs, as keras.layers.LeakyReLU.

    Input shape: any. Output shape: the same.
    """

    type: Literal["LeakyReLU"] = "LeakyReLU"
    negative_slope: float = 0.3
    """The slope below zero."""

    def check(self) -> None:
        """Refuse negative slopes, as Keras does."""
        require(
            self.negative_slope >= 0,
            f"negative_slope must not be negative, got {self.negative_slope}",
        )

    def choose(self) -> Activation:
        """The function of the same name."""
        return LeakyRelu(negative_slope=self.negative_slope)


@dataclass(kw_only=True)
class ELU(ActivationLayer):
    """inputs where they are positive, else alpha * (exp(inputs) - 1), as keras.layers.ELU.

    Input shape: any. Output shape: the same.
    """

    type: Literal["ELU"] = "ELU"
    alpha: float = 1.0
    """The limit below zero is -alpha."""

    def check(self) -> None:
        """Refuse a negative alpha."""
        require(self.alpha >= 0, f"alpha must not be negative, got {self.alpha}")

    def choose(self) -> Activation:
        """The function of the same name."""
        return Elu(alpha=self.alpha)
