"""How weights start. Names, defaults and formulas are keras.initializers'."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod, sqrt
from typing import ClassVar, Literal

import numpy as np

from nncli.engine.component import Component, require
from nncli.engine.types import Array, Shape

Generator = np.random.Generator


@dataclass(kw_only=True)
class Initializer(Component):
    """Draws the first values of a weight."""

    def draw(self, shape: Shape, generator: Generator) -> Array:
        """Return float64 values of the given shape."""
        raise NotImplementedError


@dataclass(kw_only=True)
class Zeros(Initializer):
    """All zeros."""

    type: Literal["zeros"] = "zeros"

    def draw(self, shape: Shape, generator: Generator) -> Array:
        """Return zeros."""
        return np.zeros(shape)


@dataclass(kw_only=True)
class Ones(Initializer):
    """All ones."""

    type: Literal["ones"] = "ones"

    def draw(self, shape: Shape, generator: Generator) -> Array:
        """Return ones."""
        return np.ones(shape)


@dataclass(kw_only=True)
class Constant(Initializer):
    """One value everywhere."""

    type: Literal["constant"] = "constant"
    value: float = 0.0
    """The value."""

    def draw(self, shape: Shape, generator: Generator) -> Array:
        """Return the value, repeated."""
        return np.full(shape, self.value)


@dataclass(kw_only=True)
class RandomNormal(Initializer):
    """A normal distribution."""

    type: Literal["random_normal"] = "random_normal"
    mean: float = 0.0
    """Its mean."""
    stddev: float = 0.05
    """Its standard deviation."""

    def check(self) -> None:
        """Refuse a negative stddev."""
        require(self.stddev >= 0, f"stddev must not be negative, got {self.stddev}")

    def draw(self, shape: Shape, generator: Generator) -> Array:
        """Return normal values."""
        return generator.normal(self.mean, self.stddev, shape)


@dataclass(kw_only=True)
class RandomUniform(Initializer):
    """A uniform distribution between two bounds."""

    type: Literal["random_uniform"] = "random_uniform"
    minval: float = -0.05
    """The lower bound."""
    maxval: float = 0.05
    """The upper bound."""

    def check(self) -> None:
        """Refuse bounds in the wrong order."""
        require(
            self.minval <= self.maxval,
            f"minval must not be above maxval, got {self.minval} and {self.maxval}",
        )

    def draw(self, shape: Shape, generator: Generator) -> Array:
        """Return uniform values."""
        return generator.uniform(self.minval, self.maxval, shape)


@dataclass(kw_only=True)
class TruncatedNormal(Initializer):
    """A normal distribution without what lies more than two standard deviations out."""

    type: Literal["truncated_normal"] = "truncated_normal"
    mean: float = 0.0
    """The mean before the cut."""
    stddev: float = 0.05
    """The standard deviation before the cut."""

    def check(self) -> None:
        """Refuse a negative stddev."""
        require(self.stddev >= 0, f"stddev must not be negative, got {self.stddev}")

    def draw(self, shape: Shape, generator: Generator) -> Array:
        """Return truncated normal values."""
        return self.mean + self.stddev * _standard_truncated_normal(shape, generator)


@dataclass(kw_only=True)
class _Scaled(Initializer):
    """A distribution whose variance is `scale / n`, with n taken from the weight's shape."""

    scale: ClassVar[float]
    mode: ClassVar[Literal["fan_in", "fan_avg"]]
    distribution: ClassVar[Literal["uniform", "truncated_normal"]]

    def draw(self, shape: Shape, generator: Generator) -> Array:
        """Return values as keras.initializers.VarianceScaling draws them."""
        fan_in, fan_out = fans(shape)
        variance = self.scale / max(
            1.0, fan_in if self.mode == "fan_in" else (fan_in + fan_out) / 2
        )
        if self.distribution == "uniform":
            limit = sqrt(3.0 * variance)
            return generator.uniform(-limit, limit, shape)
        # Cutting at two standard deviations leaves 0.8796 of the deviation: made up for here.
        stddev = sqrt(variance) / 0.87962566103423978
        return stddev * _standard_truncated_normal(shape, generator)


@dataclass(kw_only=True)
class GlorotUniform(_Scaled):
    """Glorot and Bengio (2010), uniform: variance 2 / (fan_in + fan_out)."""

    type: Literal["glorot_uniform"] = "glorot_uniform"
    scale, mode, distribution = 1.0, "fan_avg", "uniform"


@dataclass(kw_only=True)
class GlorotNormal(_Scaled):
    """Glorot and Bengio (2010), truncated normal: variance 2 / (fan_in + fan_out)."""

    type: Literal["glorot_normal"] = "glorot_normal"
    scale, mode, distribution = 1.0, "fan_avg", "truncated_normal"


@dataclass(kw_only=True)
class HeUniform(_Scaled):
    """He et al. (2015), uniform: variance 2 / fan_in."""

    type: Literal["he_uniform"] = "he_uniform"
    scale, mode, distribution = 2.0, "fan_in", "uniform"


@dataclass(kw_only=True)
class HeNormal(_Scaled):
    """He et al. (2015), truncated normal: variance 2 / fan_in."""

    type: Literal["he_normal"] = "he_normal"
    scale, mode, distribution = 2.0, "fan_in", "truncated_normal"


@dataclass(kw_only=True)
class LecunUniform(_Scaled):
    """LeCun et al. (1998), uniform: variance 1 / fan_in."""

    type: Literal["lecun_uniform"] = "lecun_uniform"
    scale, mode, distribution = 1.0, "fan_in", "uniform"


@dataclass(kw_only=True)
class LecunNormal(_Scaled):
    """LeCun et al. (1998), truncated normal: variance 1 / fan_in."""

    type: Literal["lecun_normal"] = "lecun_normal"
    scale, mode, distribution = 1.0, "fan_in", "truncated_normal"


@dataclass(kw_only=True)
class Orthogonal(Initializer):
    """A random orthogonal matrix (Saxe et al., 2014); all axes but the last count as rows."""

    type: Literal["orthogonal"] = "orthogonal"
    gain: float = 1.0
    """What the matrix is multiplied with."""

    def draw(self, shape: Shape, generator: Generator) -> Array:
        """Return orthonormal columns, or rows where there are fewer of those.

        Raises:
            ValueError: if the shape has fewer than two axes.
        """
        require(len(shape) >= 2, f"orthogonal needs at least two axes, got shape {list(shape)}")
        rows, columns = prod(shape[:-1]), shape[-1]
        tall = (max(rows, columns), min(rows, columns))
        q, r = np.linalg.qr(generator.standard_normal(tall))
        q *= np.sign(np.diag(r))  # without it not all orthogonal matrices are equally likely
        return self.gain * (q if rows >= columns else q.T).reshape(shape)


def fans(shape: Shape) -> tuple[float, float]:
    """Return (fan_in, fan_out) as keras.initializers.compute_fans: the last axis is the outputs."""
    if not shape:
        return 1.0, 1.0
    if len(shape) == 1:
        return float(shape[0]), float(shape[0])
    window = prod(shape[:-2])
    return float(window * shape[-2]), float(window * shape[-1])


def _standard_truncated_normal(shape: Shape, generator: Generator) -> Array:
    values = generator.standard_normal(shape)
    while (outside := np.abs(values) > 2.0).any():
        values[outside] = generator.standard_normal(int(outside.sum()))
    return values
