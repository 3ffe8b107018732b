"""One training step: feed a batch, forward, backward, update; by one model or by replicas of it.

Replicas each take a part of the batch in a thread of their own. Gradients are added up in the
replicas' order, so that the numbers depend on how many there are, not on who was first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from nncli.engine.meeting import Meeting
from nncli.engine.model import Model
from nncli.engine.objective import Objective
from nncli.engine.optimizers import Optimizer
from nncli.engine.penalties import Penalties
from nncli.engine.random import generator_state, set_generator_state
from nncli.engine.state import State
from nncli.engine.team import Team
from nncli.engine.types import Array, Arrays

Rows = slice | Array
"""Rows of a table: consecutive ones, or picked by number."""


class Stepper:
    """Steps of one model in one thread."""

    def __init__(self, model: Model, optimizer: Optimizer) -> None:
        self.model, self.optimizer = model, optimizer
        self.objective = Objective(model)
        self.threads = 1
        self.members: Sequence[Stepper] = (self,)
        """Who share a batch."""
        self.penalties = Penalties(model)
        self._penalized = bool(self.penalties)
        self.watch: Callable[[], None] | None = None
        """Called once, with the next batch's gradients, before the optimizer uses them up."""

    def step(
        self, inputs: Arrays, rows: Rows, targets: Sequence[Array], outputs: Sequence[Array]
    ) -> None:
        """Learn from a batch.

        Arguments:
            inputs: of all rows.
            rows: those of the batch.
            targets: of the batch.
            outputs: filled with what the network said of the batch before it learned, and with
                what else is kept for scores (see Objective).
        """
        self.learn(inputs, rows, targets, outputs, len(outputs[0]))
        if self.watch is not None:
            self.show_gradients()
        self.optimizer.update()

    def show_gradients(self) -> None:
        """Call who watches, for this once."""
        if self.watch is not None:
            self.watch()
            self.watch = None

    def learn(
        self,
        inputs: Arrays,
        rows: Rows,
        targets: Sequence[Array],
        outputs: Sequence[Array],
        batch: int,
    ) -> None:
        """Compute the gradients of some rows of a batch of that many."""
        plan = self.model.plan(len(outputs[0]), training=True)
        self.feed(plan.inputs, inputs, rows)
        plan.forward()
        self.objective.keep(plan, outputs, batch)
        self.objective.gradient(targets, plan, outputs, batch)
        if self._penalized:
            self.penalties.begin(batch)
            plan.backward()
            self.penalties.add_gradients()
        else:
            plan.backward()

    def feed(self, arrays: Arrays, inputs: Arrays, rows: Rows) -> None:
        """Copy a batch's inputs to where the model reads them."""
        for array, values in zip(arrays, inputs, strict=True):
            if isinstance(rows, slice):
                np.copyto(array, values[rows])
            else:
                values.take(rows, 0, array, "clip")  # "clip" since "raise" would copy first

    def take_penalties(self) -> float:
        """Return what regularizers have added to the loss of each row since the last call."""
        return self.penalties.take()

    def state(self) -> State:
        """Return how far its noise and penalties are; the weights are the trainer's to keep."""
        noises = self.model.noises.items()
        return {
            "noises": {name: generator_state(noise.generator) for name, noise in noises},
            "penalties": self.penalties.state(),
        }

    def load_state(self, state: State) -> None:
        """Go on from there."""
        for name, noise in self.model.noises.items():
            set_generator_state(noise.generator, state["noises"][name])
        self.penalties.load_state(state["penalties"])

    def close(self) -> None:
        """Let go of what steps needed."""


class ReplicaStepper(Stepper):
    """Steps of several replicas in several threads.

    Layers that need the whole batch wait for each other, so they need a thread for each replica.
    """

    def __init__(self, model: Model, optimizer: Optimizer, replicas: int, threads: int) -> None:
        super().__init__(model, optimizer)
        twins = [model.replica(number) for number in range(1, replicas)]
        if model.parameters.squares is not None:
            for twin in twins:
                twin.parameters.keep_squares()
        self.members = [self, *(Stepper(twin, optimizer) for twin in twins)]
        self.meetings = [Meeting(parties) for parties in range(1, replicas + 1)]
        meets = any(node.layer.needs_whole_batch for node in model.nodes) or self.objective.masks
        self.threads = replicas if meets else min(threads, replicas)
        self.team = Team(self.threads)
        optimizer.divide(replicas)

    def step(
        self, inputs: Arrays, rows: Rows, targets: Sequence[Array], outputs: Sequence[Array]
    ) -> None:
        """Share the batch out, add up the gradients, update."""
        batch = len(outputs[0])
        workers = min(len(self.members), batch)
        meeting = self.meetings[workers - 1]
        for stepper in self.members:
            stepper.model.training_context.meeting = meeting

        def learn(number: int) -> None:
            part = slice(number * batch // workers, (number + 1) * batch // workers)
            chosen = within(rows, part)
            try:
                self.members[number].learn(
                    inputs, chosen, [t[part] for t in targets], [o[part] for o in outputs], batch
                )
            except BaseException:
                meeting.abort()
                raise

        def add_up(number: int) -> None:
            part = self.optimizer.part_slice(number, workers)
            first, *others = (stepper.model.parameters for stepper in self.members[:workers])
            for other in others:
                np.add(first.gradients[part], other.gradients[part], first.gradients[part])
                if first.squares is not None and other.squares is not None:
                    np.add(first.squares[part], other.squares[part], first.squares[part])

        def update(number: int) -> None:
            self.optimizer.update_part(number, workers)

        def add_up_and_update(number: int) -> None:
            add_up(number)
            update(number)

        self.team.run(learn, workers)
        if self.watch is not None or self.optimizer.needs_all_gradients:
            self.team.run(add_up, workers)
            self.show_gradients()
            if self.optimizer.begin_step():
                self.team.run(update, workers)
        else:
            self.optimizer.begin_step()
            self.team.run(add_up_and_update, workers)
        self.optimizer.end_step()

    def take_penalties(self) -> float:
        """Return the penalties of all replicas."""
        return sum(stepper.penalties.take() for stepper in self.members)

    def state(self) -> State:
        """Return how far each replica is."""
        return {"replicas": [Stepper.state(stepper) for stepper in self.members]}

    def load_state(self, state: State) -> None:
        """Go on from there."""
        for stepper, own in zip(self.members, state["replicas"], strict=True):
            Stepper.load_state(stepper, own)

    def close(self) -> None:
        """End the threads."""
        self.team.close()


def stepper(model: Model, optimizer: Optimizer, replicas: int, threads: int) -> Stepper:
    """Return what takes the steps of training with so many replicas in so many threads."""
    if replicas == 1:
        return Stepper(model, optimizer)
    return ReplicaStepper(model, optimizer, replicas, threads)


def within(rows: Rows, part: slice) -> Rows:
    """Return a part of the rows, counted from the first of them."""
    if isinstance(rows, slice):
        return slice(rows.start + part.start, rows.start + part.stop)
    return rows[part]
