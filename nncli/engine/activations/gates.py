"""Activations that are x times a gate. Formulas are keras.activations'."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi, sqrt
from typing import Literal

import numpy as np

from nncli.engine.activations.base import HALF, ONE, ZERO, Elementwise, sigmoid
from nncli.engine.special import write_erf
from nncli.engine.types import Array, Shape


@dataclass(kw_only=True)
class _Gated(Elementwise):
    """x times a gate that opens from 0 to 1; the gate is kept from forward to backward."""

    keeps_inputs = True

    def build(self, shape: Shape) -> None:
        """Keep the gate."""
        super().build(shape)
        self.gate = self.add_buffer(None, *shape)

    def forward(self, x: Array, y: Array) -> None:
        """Write x times the gate."""
        gate = self.gate.array
        self.write_gate(x, gate)
        np.multiply(x, gate, out=y)

    def write_gate(self, x: Array, gate: Array) -> None:
        """Write how far each gate is open."""
        raise NotImplementedError


@dataclass(kw_only=True)
class Silu(_Gated):
    """x * sigmoid(x), also known as swish."""

    type: Literal["silu"] = "silu"

    def write_gate(self, x: Array, gate: Array) -> None:
        """The sigmoid."""
        sigmoid(x, gate)

    def write_slope(self, x: Array, y: Array, slope: Array) -> None:
        """s + x s (1 - s) = s + y (1 - s), with s the sigmoid."""
        gate = self.gate.array
        np.subtract(ONE, gate, out=slope)
        np.multiply(slope, y, out=slope)
        np.add(slope, gate, out=slope)


@dataclass(kw_only=True)
class Mish(_Gated):
    """x * tanh(softplus(x)) (Misra, 2019)."""

    type: Literal["mish"] = "mish"

    def build(self, shape: Shape) -> None:
        """Keep the sigmoid, too."""
        super().build(shape)
        self.sigmoid = self.add_buffer(None, *shape)

    def write_gate(self, x: Array, gate: Array) -> None:
        """tanh(softplus(x))."""
        np.logaddexp(x, ZERO, out=gate)
        np.tanh(gate, out=gate)

    def write_slope(self, x: Array, y: Array, slope: Array) -> None:
        """g + x (1 - g²) sigmoid(x) = g + (x - y g) sigmoid(x), with g the gate."""
        gate = self.gate.array
        np.multiply(y, gate, out=slope)
        np.subtract(x, slope, out=slope)
        np.multiply(slope, sigmoid(x, self.sigmoid.array), out=slope)
        np.add(slope, gate, out=slope)


@dataclass(kw_only=True)
class Gelu(_Gated):
    """x * P(X <= x) for a standard normal X (Hendrycks and Gimpel, 2016)."""

    type: Literal["gelu"] = "gelu"
    approximate: bool = False
    """Whether the probability is taken from a tanh, as older networks do."""

    def build(self, shape: Shape) -> None:
        """Make the formulas' numbers ones that ufuncs take fast."""
        super().build(shape)
        if self.approximate:
            self.closed = self.add_buffer(None, *shape)
            self.inner, self.cubic = self.constant(sqrt(2 / pi)), self.constant(0.044715)
            self.inner_twice = self.constant(2 * sqrt(2 / pi))
            self.cubic_slope = self.constant(3 * 0.044715)
        else:
            self.root_half, self.minus_half = self.constant(sqrt(0.5)), self.constant(-0.5)
            self.peak = self.constant(1 / sqrt(2 * pi))

    def write_gate(self, x: Array, gate: Array) -> None:
        """(1 + erf(x / sqrt(2))) / 2, or with tanh(sqrt(2 / pi) (x + 0.044715 x³)) for erf."""
        if self.approximate:
            np.multiply(x, x, out=gate)
            np.multiply(gate, self.cubic, out=gate)
            np.add(gate, ONE, out=gate)
            np.multiply(gate, x, out=gate)
            np.multiply(gate, self.inner, out=gate)
            np.tanh(gate, out=gate)
        else:
            np.multiply(x, self.root_half, out=gate)
            write_erf(gate)
        np.add(gate, ONE, out=gate)
        np.multiply(gate, HALF, out=gate)

    def write_slope(self, x: Array, y: Array, slope: Array) -> None:
        """The gate + x * the gate's slope: the density of X, or of what approximates it."""
        np.multiply(x, x, out=slope)
        if self.approximate:
            gate, closed = self.gate.array, self.closed.array
            np.multiply(slope, self.cubic_slope, out=slope)
            np.add(slope, ONE, out=slope)
            np.multiply(slope, self.inner_twice, out=slope)
            np.subtract(ONE, gate, out=closed)
            np.multiply(slope, np.multiply(closed, gate, out=closed), out=slope)
        else:
            np.multiply(slope, self.minus_half, out=slope)
            np.exp(slope, out=slope)
            np.multiply(slope, self.peak, out=slope)
        np.multiply(slope, x, out=slope)
        np.add(slope, self.gate.array, out=slope)
