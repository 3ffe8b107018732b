"""The older GRU, which resets the state before the candidate sums it: a second product a step."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nncli.engine.layers.recurrent import Recurrent
from nncli.engine.layers.step_products import StepProducts
from nncli.engine.types import Array, Call


class ResetBefore:
    """Adds recurrent_kernelᵀ @ (r * state) to the candidate's sum, and goes back through it."""

    def __init__(self, owner: Recurrent, steps: int) -> None:
        units = owner.units
        self.owner = owner
        self.columns = (slice(None), slice(2 * units, 3 * units))
        self.matrix = np.zeros((units, units), owner.float_type)
        self.turned, self.d_matrix = np.zeros_like(self.matrix), np.zeros_like(self.matrix)
        self.gated = owner.add_buffer(steps, units, None)
        self.products = StepProducts(owner, steps, units, units)
        self.product, self.d_gated = (owner.add_buffer(units, None) for _ in range(2))

    def load(self) -> None:
        """Take in the candidate's part of the recurrent kernel."""
        np.copyto(self.turned, self.owner.recurrent_kernel.value[self.columns])
        np.copyto(self.matrix, self.turned.T)

    @property
    def states(self) -> Array:
        """The states before each step as the candidate sees them, with its own dropout."""
        return self.owner.projection.states[:-1, 0]

    def add_state(self, step: int, reset: Array, total: Array) -> Iterator[Call]:
        """Yield the calls that add the state's part to the candidate's sum."""
        gated, product = self.gated.array[step], self.product.array
        yield np.multiply, (reset, self.states[step], gated)
        yield np.dot, (self.matrix, gated, product)
        yield np.add, (total, product, total)

    def back(self, step: int, reset: Array, d_candidate: Array, d_reset: Array) -> Iterator[Call]:
        """Yield the calls that bring the candidate's gradient to r and to the state."""
        owner, d_gated = self.owner, self.d_gated.array
        yield np.dot, (self.turned, d_candidate, d_gated)
        yield np.multiply, (d_reset, d_gated, d_reset)
        yield np.multiply, (reset, d_gated, d_gated)
        if owner.recurrent_dropout:
            yield np.multiply, (d_gated, owner.state_noise.array[0], d_gated)
        yield np.add, (owner.d_carried.array, d_gated, owner.d_carried.array)

    def weight_gradient(self) -> None:
        """Set the gradient of this part of the kernel, from all steps at once."""
        d_candidates = self.owner.d_sums.array[:, : self.owner.units]
        self.products.add_up(self.gated.array, d_candidates, self.d_matrix)
        np.copyto(self.owner.recurrent_kernel.gradient[self.columns], self.d_matrix)
