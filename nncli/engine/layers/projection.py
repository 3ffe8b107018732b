"""What all recurrent layers multiply: sums = matrix @ [state; inputs; ones], step by step.

State, inputs and ones for the biases lie in one operand, so that a step needs a single product and
no additions, and the gradients of all weights come out of one sum of products.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from nncli.engine.layers.base import Layer
from nncli.engine.layers.step_products import StepProducts
from nncli.engine.parameters import Weight
from nncli.engine.types import Array, Call

Sum = tuple[int, bool, bool]
"""A gate's number in Keras's kernels, and whether the sum reads the state and the inputs."""


@dataclass(frozen=True)
class Block:
    """A part of a weight, and where it stands: rows of the operand, and sums."""

    weight: Weight
    part: tuple[slice | int, ...]
    place: tuple[slice | int, slice]


class Projection:
    """The matrix, the operands of all steps, and the products between them.

    The matrix is kept both ways, for BLAS packs the first factor of a product faster where it is
    turned: 42 instead of 45 us forward, 32 instead of 38 back (256 sums, 81 numbers, 64 rows).

    With noise on each gate's own state (recurrent dropout) an operand exists once a gate: `copies`
    of it stand side by side, each with its share of the sums.

    Arguments:
        owner: the layer.
        steps: of a sequence.
        sums: what a step adds up, `units` numbers each.
        weights: kernel, recurrent kernel, and bias if there is one.
        copies: of each operand.
    """

    def __init__(
        self,
        owner: Layer,
        *,
        steps: int,
        sums: Sequence[Sum],
        weights: tuple[Weight, Weight, Weight | None],
        copies: int,
    ) -> None:
        kernel, recurrent_kernel, bias = weights
        features, units = kernel.shape[0], recurrent_kernel.shape[0]
        size = units + features + (len(bias.shape) if bias else 0)
        self.blocks = list(_blocks(sums, kernel, recurrent_kernel, bias))
        self.copies, self.share = copies, len(sums) * units // copies
        self.of_state, self.of_inputs = slice(0, units), slice(units, units + features)
        self.of_ones = slice(units + features, size)
        self.matrix = np.zeros((copies, self.share, size), owner.float_type)
        self.d_matrix = np.zeros_like(self.matrix)
        self.matrix_by_column = np.zeros((copies, size, self.share), owner.float_type)
        self.operands = owner.add_buffer(steps + 1, copies, size, None)
        self.products = StepProducts(owner, steps, self.share, size)
        self.d_inputs = owner.add_buffer(copies, steps, features, None)
        self.d_states = owner.add_buffer(copies, units, None)

    def load(self, inputs: Array, noise: Array | None) -> None:
        """Take in the weights, and inputs of (steps, features, rows); the state starts at zero.

        `noise`, (copies, features, rows), is multiplied with the inputs of every step.
        """
        for block in self.blocks:
            np.copyto(_as_columns(self.matrix)[block.place], block.weight.value[block.part])
        np.copyto(self.matrix_by_column, self.matrix.transpose(0, 2, 1))
        operands = self.operands.array
        operands[0, :, self.of_state] = 0.0
        operands[:, :, self.of_ones] = 1.0
        within = operands[:-1, :, self.of_inputs]
        if noise is None:
            np.copyto(within, inputs[:, np.newaxis])
        else:
            np.multiply(inputs[:, np.newaxis], noise, out=within)

    @property
    def states(self) -> Array:
        """Where each step's operand has the state, (steps + 1, copies, units, rows)."""
        return self.operands.array[:, :, self.of_state]

    def multiply(self, step: int, sums: Array) -> Call:
        """Return the call that writes a step's sums, (sums, rows)."""
        operand, matrix = self.operands.array[step], self.matrix_by_column.transpose(0, 2, 1)
        if self.copies == 1:  # np.dot: np.matmul takes 1 us longer
            return np.dot, (matrix[0], operand[0], sums)
        return np.matmul, (matrix, operand, sums.reshape(self.copies, self.share, -1))

    def multiply_back(self, d_sums: Array, noise: Array | None, d_state: Array) -> list[Call]:
        """Return the calls that write the gradient of a step's state from that of its sums."""
        matrix = self.matrix[:, :, self.of_state].transpose(0, 2, 1)
        if self.copies == 1:
            first = self._first_of_state
            calls: list[Call] = [(np.dot, (matrix[0, :, first:], d_sums[first:], d_state))]
            return calls if noise is None else [*calls, (np.multiply, (d_state, noise[0], d_state))]
        d_states = self.d_states.array
        return [
            (np.matmul, (matrix, d_sums.reshape(self.copies, self.share, -1), d_states)),
            (np.multiply, (d_states, noise, d_states)),
            (np.add.reduce, (d_states, 0, None, d_state)),
        ]

    def weight_gradients(self, d_sums: Array) -> None:
        """Set the gradients of the weights from those of all sums, (steps, sums, rows)."""
        operands = self.operands.array[:-1]
        for copy, d_matrix in enumerate(self.d_matrix):
            self.products.add_up(self._share_of(d_sums, copy), operands[:, copy], d_matrix)
        for block in self.blocks:
            np.copyto(block.weight.gradient[block.part], _as_columns(self.d_matrix)[block.place])

    def input_gradient(self, d_sums: Array, noise: Array | None) -> Array:
        """Return the gradient of the inputs, (steps, features, rows)."""
        d_inputs = self.d_inputs.array
        for copy, d_copy in enumerate(d_inputs):
            matrix = self.matrix[copy, :, self.of_inputs].T
            np.matmul(matrix, self._share_of(d_sums, copy), d_copy)
            if noise is not None:
                np.multiply(d_copy, noise[copy], d_copy)
            if copy:
                np.add(d_inputs[0], d_copy, d_inputs[0])
        total: Array = d_inputs[0]
        return total

    def _share_of(self, d_sums: Array, copy: int) -> Array:
        return d_sums[:, copy * self.share : (copy + 1) * self.share]

    @property
    def _first_of_state(self) -> int:
        """The first sum that depends on the state; those before needn't be multiplied back."""
        sums = [block.place[1].start for block in self.blocks if block.place[0] == self.of_state]
        return int(min(sums))


def _blocks(
    sums: Sequence[Sum], kernel: Weight, recurrent_kernel: Weight, bias: Weight | None
) -> Iterator[Block]:
    """Say where in the matrix Keras's weights stand: `units` sums for each entry of `sums`.

    A bias of two rows has one for the sums of the inputs and one for those of the state.
    """
    (features, _), units = kernel.shape, recurrent_kernel.shape[0]
    of_state, of_inputs, whole = slice(0, units), slice(units, units + features), slice(None)
    for number, (gate, reads_state, reads_inputs) in enumerate(sums):
        columns, place = (slice(n * units, (n + 1) * units) for n in (gate, number))
        if reads_state:
            yield Block(recurrent_kernel, (whole, columns), (of_state, place))
        if reads_inputs:
            yield Block(kernel, (whole, columns), (of_inputs, place))
        if bias and reads_inputs:
            row = (0, columns) if len(bias.shape) == 2 else (columns,)
            yield Block(bias, row, (of_inputs.stop, place))
        if bias and reads_state and len(bias.shape) == 2:
            yield Block(bias, (1, columns), (of_inputs.stop + 1, place))


def _as_columns(matrix: Array) -> Array:
    """Return (copies, share, size) seen as (size, sums), which is how Keras's kernels lie."""
    return matrix.reshape(-1, matrix.shape[-1]).T
