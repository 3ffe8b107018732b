"""One pass over the training rows, which can be left after any batch and taken up again.

The outputs of some thousand rows are kept and scored at once: scoring each small batch would cost
more than its step. Where such a block ends is decided by the rows alone, for sums would be rounded
otherwise; so an epoch that is left within a block keeps the outputs of its batches.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, isfinite
from typing import TYPE_CHECKING

import numpy as np

from nncli.engine.state import State, fill
from nncli.engine.types import Array
from nncli.training.astray import NonFiniteError
from nncli.training.stepping import within

if TYPE_CHECKING:
    from nncli.training.loop import Trainer

_BLOCK_ROWS = 2048


class Epoch:
    """A pass over rows in a given order.

    Arguments:
        trainer: whose rows, batches and scores these are.
        order: the rows' numbers as they are to be taken, None for the order of the table.
    """

    def __init__(self, trainer: Trainer, order: Array | None = None) -> None:
        self.stepper, self.scorer, self.train = trainer.stepper, trainer.scorer, trainer.train
        self.batch_size, self.order, self._blocks = trainer.batch_size, order, trainer.blocks
        self.done = 0
        """How many rows have been learnt from."""
        self.scorer.reset()
        self._open_block(0)

    def run(self, go_on: Callable[[int], bool]) -> bool:
        """Learn from batches until all rows are done; return whether they are.

        After each batch `go_on` is told the rows done, and says whether there shall be another.

        Raises:
            NonFiniteError: the loss isn't a number.
        """
        step, inputs, going = self.stepper.step, self.train.inputs, True
        while going:
            learnt = ceil((self.done - self._start) / self.batch_size)  # the last may be short
            for part, targets, outputs in self._block.batches[learnt:]:
                step(inputs, within(self._rows, part), targets, outputs)
                self.done = self._start + part.stop
                going = go_on(self.done)
                if not going:
                    break
            if self.done == self._stop:
                self._score_block()
                if self.done == len(self.train):
                    return True
                self._open_block(self.done)
        return False

    def check(self) -> None:
        """Look at the losses of the block that isn't scored yet.

        Raises:
            NonFiniteError: one of them isn't a number.
        """
        learnt = slice(0, self.done - self._start)
        targets = tuple(target[learnt] for target in self._block.targets)
        outputs = tuple(output[learnt] for output in self._block.outputs)
        self._refuse_nonfinite(self.scorer.objective.values(targets, outputs))

    def state(self) -> State:
        """Return where it is, with the scores so far; noise and weights are others' to keep."""
        learnt = self.done - self._start
        place = {"order": self.order, "start": self._start, "done": self.done}
        outputs = [output[:learnt] for output in self._block.outputs]
        return {**place, "outputs": outputs, "scorer": self.scorer.state()}

    def load_state(self, state: State) -> None:
        """Go on from there, the order included."""
        self.order, self.done = state["order"], state["done"]
        self.scorer.load_state(state["scorer"])
        self._open_block(state["start"])
        for output, learnt in zip(self._block.outputs, state["outputs"], strict=True):
            fill(output[: self.done - self._start], learnt)

    def _open_block(self, start: int) -> None:
        self._start = start
        rows = max(_BLOCK_ROWS // self.batch_size, 1) * self.batch_size
        self._stop = min(start + rows, len(self.train))
        self._rows = (
            slice(start, self._stop) if self.order is None else self.order[start : self._stop]
        )
        self._block = self._blocks.lend(self._stop - start)
        self._block.fill(self._blocks.truth, self._rows)

    def _score_block(self) -> None:
        losses = self.scorer.add(self._block.targets, self._block.outputs, self.batch_size)
        self.scorer.total += self.stepper.take_penalties()
        if not isfinite(self.scorer.total):  # it takes every row in, and costs no further sum
            self._refuse_nonfinite(losses)

    def _refuse_nonfinite(self, losses: Array) -> None:
        if not isfinite(float(np.add.reduce(losses))) or not isfinite(self.scorer.total):
            finite = np.isfinite(losses)
            row = int(np.argmin(finite))
            loss = self.scorer.total if finite.all() else losses[row]
            raise NonFiniteError((self._start + row) // self.batch_size + 1, float(loss))
