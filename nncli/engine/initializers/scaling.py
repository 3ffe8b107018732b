"""Initializers that keep the size of signals from layer to layer. As keras.initializers."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod, sqrt
from typing import ClassVar, Literal

from nncli.engine.component import require
from nncli.engine.initializers.base import Generator, Initializer
from nncli.engine.initializers.distributions import standard_truncated_normal
from nncli.engine.types import Array, Shape

Mode = Literal["fan_in", "fan_out", "fan_avg"]
Distribution = Literal["uniform", "truncated_normal", "untruncated_normal"]


@dataclass(kw_only=True)
class VarianceScaling(Initializer):
    """Values of variance scale / n, with n how many inputs or outputs the weight joins."""

    type: Literal["variance_scaling"] = "variance_scaling"
    scale: float = 1.0
    """The variance, times n."""
    mode: Mode = "fan_in"
    """Whether n counts inputs (`fan_in`), outputs (`fan_out`), or is their mean (`fan_avg`)."""
    distribution: Distribution = "truncated_normal"
    """How the values are distributed; truncated: none beyond two standard deviations."""

    def check(self) -> None:
        """Refuse a scale that isn't positive."""
        require(self.scale > 0, f"scale must be above 0, got {self.scale}")

    def draw(self, shape: Shape, generator: Generator) -> Array:
        """Return scaled values."""
        return scaled(shape, generator, self.scale, self.mode, self.distribution)


@dataclass(kw_only=True)
class _Named(Initializer):
    """A variance scaling that has a name of its own."""

    scale: ClassVar[float]
    mode: ClassVar[Mode]
    distribution: ClassVar[Distribution]

    def draw(self, shape: Shape, generator: Generator) -> Array:
        """Return scaled values."""
        return scaled(shape, generator, self.scale, self.mode, self.distribution)


@dataclass(kw_only=True)
class GlorotUniform(_Named):
    """Glorot and Bengio (2010), uniform: variance 2 / (fan_in + fan_out)."""

    type: Literal["glorot_uniform"] = "glorot_uniform"
    scale, mode, distribution = 1.0, "fan_avg", "uniform"


@dataclass(kw_only=True)
class GlorotNormal(_Named):
    """Glorot and Bengio (2010), truncated normal: variance 2 / (fan_in + fan_out)."""

    type: Literal["glorot_normal"] = "glorot_normal"
    scale, mode, distribution = 1.0, "fan_avg", "truncated_normal"


@dataclass(kw_only=True)
class HeUniform(_Named):
    """He et al. (2015), uniform: variance 2 / fan_in."""

    type: Literal["he_uniform"] = "he_uniform"
    scale, mode, distribution = 2.0, "fan_in", "uniform"


@dataclass(kw_only=True)
class HeNormal(_Named):
    """He et al. (2015), truncated normal: variance 2 / fan_in."""

    type: Literal["he_normal"] = "he_normal"
    scale, mode, distribution = 2.0, "fan_in", "truncated_normal"


@dataclass(kw_only=True)
class LecunUniform(_Named):
    """LeCun et al. (1998), uniform: variance 1 / fan_in."""

    type: Literal["lecun_uniform"] = "lecun_uniform"
    scale, mode, distribution = 1.0, "fan_in", "uniform"


@dataclass(kw_only=True)
class LecunNormal(_Named):
    """LeCun et al. (1998), truncated normal: variance 1 / fan_in."""

    type: Literal["lecun_normal"] = "lecun_normal"
    scale, mode, distribution = 1.0, "fan_in", "truncated_normal"


def scaled(
    shape: Shape, generator: Generator, scale: float, mode: Mode, distribution: Distribution
) -> Array:
    """Return values as keras.initializers.VarianceScaling draws them."""
    fan_in, fan_out = fans(shape)
    joined = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2}
    variance = scale / max(1.0, joined[mode])
    if distribution == "uniform":
        limit = sqrt(3.0 * variance)
        return generator.uniform(-limit, limit, shape)
    if distribution == "untruncated_normal":
        return generator.normal(0.0, sqrt(variance), shape)
    # Cutting at two standard deviations leaves 0.8796 of the deviation: made up for here.
    stddev = sqrt(variance) / 0.87962566103423978
    return stddev * standard_truncated_normal(shape, generator)


def fans(shape: Shape) -> tuple[float, float]:
    """Return (fan_in, fan_out) as keras.initializers.compute_fans: the last axis is the outputs."""
    if not shape:
        return 1.0, 1.0
    if len(shape) == 1:
        return float(shape[0]), float(shape[0])
    window = prod(shape[:-2])
    return float(window * shape[-2]), float(window * shape[-1])
