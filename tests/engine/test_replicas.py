"""Replicas: the same numbers as one model, in as many threads as one likes."""

import numpy as np
import pytest

from nncli.engine.activations import Relu, Softmax
from nncli.engine.layers import Dense, Dropout, Embedding, Flatten, Input
from nncli.engine.losses import SparseCategoricalCrossentropy
from nncli.engine.meeting import Meeting
from nncli.engine.model import Model
from nncli.engine.optimizers import Adam, Sgd
from nncli.engine.team import Team
from nncli.engine.workload import choose_replicas
from nncli.training.loop import Trainer


class _Rows:
    sample_weight = None

    def __init__(self, count: int) -> None:
        random = np.random.default_rng(0)
        self.inputs = (random.random((count, 6)),)
        self.targets = (random.integers(0, 3, (count, 1)).astype(np.int32),)

    def __len__(self) -> int:
        return len(self.inputs[0])


def _train(replicas: int, threads: int | None = None, rate: float = 0.0) -> Trainer:
    layers = [
        Dense(units=200, activation=Relu()),
        Dropout(rate=rate),
        Dense(units=100, activation=Relu()),
        Dense(units=3, activation=Softmax()),
    ]
    model = Model(
        layers,
        input_shape=(6,),
        losses=[SparseCategoricalCrossentropy()],
        seed=1,
        dtype="float64",
    )
    trainer = Trainer(
        model,
        Adam(weight_decay=0.01),
        [],
        train=_Rows(45),  # in batches of 11 the last has one row: fewer than replicas
        batch_size=11,
        replicas=replicas,
        threads=threads,
    )
    trainer.fit(4)
    return trainer


@pytest.mark.parametrize("replicas", [2, 3])
def test_replicas_give_the_numbers_of_one_model(replicas: int) -> None:
    one, several = _train(1), _train(replicas)
    assert np.allclose(several.history.rows, one.history.rows, rtol=1e-9, atol=0)
    ours, theirs = several.model.parameters.values, one.model.parameters.values
    assert np.allclose(ours, theirs, rtol=0, atol=1e-9)


def test_replicas_add_up_the_squares_of_lookups() -> None:
    def trained(replicas: int) -> Trainer:
        layers = [
            Input(shape=(6,), dtype="int32"),
            Embedding(input_dim=2, output_dim=3),
            Flatten(),
            Dense(units=3, activation=Softmax()),
        ]
        losses = [SparseCategoricalCrossentropy()]
        model = Model(layers, losses=losses, seed=1, dtype="float64")
        rows = _Rows(45)
        rows.inputs = ((rows.inputs[0] > 0.5).astype(np.int32),)
        trainer = Trainer(
            model, Adam(clipnorm=0.1), [], train=rows, batch_size=11, replicas=replicas
        )
        trainer.fit(3)
        return trainer

    one, several = trained(1), trained(2)
    ours, theirs = several.model.parameters.values, one.model.parameters.values
    assert np.allclose(ours, theirs, rtol=0, atol=1e-9)


def test_threads_change_no_bit() -> None:
    runs = [_train(3, threads, rate=0.5) for threads in (1, 2, 3)]
    assert len({run.model.parameters.values.tobytes() for run in runs}) == 1
    assert runs[0].history == runs[1].history == runs[2].history


def test_replicas_drop_different_values() -> None:
    model = Model([Dropout(rate=0.5)], input_shape=(50,), seed=1)
    kept = []
    for replica in (model, model.replica(1)):
        plan = replica.plan(1, training=True)
        plan.inputs[0].fill(1.0)
        plan.forward()
        kept.append(plan.outputs[0].copy())
    assert (kept[0] != kept[1]).any()


def test_a_meeting_adds_up_in_order_and_a_team_hands_on_errors() -> None:
    meeting, team = Meeting(3), Team(3)
    parts = [np.array([1.0]), np.array([2.0]), np.array([4.0])]
    totals = [np.zeros(1)] * 3

    def meet_again_and_again(number: int) -> None:
        for turn in range(100):
            totals[number] = meeting.add_up(number, parts[number] * turn)
            assert totals[number] == 7.0 * turn

    team.run(meet_again_and_again, 3)
    assert [total[0] for total in totals] == [693.0, 693.0, 693.0]
    with pytest.raises(ZeroDivisionError):
        team.run(lambda number: number // (number - 1), 3)
    team.run(lambda number: None, 3)  # and is ready for the next job
    team.close()


def test_small_steps_are_not_divided() -> None:
    small = Model([Dense(units=16), Dense(units=1)], input_shape=(2,))
    wide = Model([Dense(units=512), Dense(units=512)], input_shape=(784,))
    assert choose_replicas(small, 32, cores=2) == 1
    assert choose_replicas(wide, 128, cores=2) == 2
    assert choose_replicas(wide, 1, cores=2) == 1


def test_part_slices_cover_all_parameters_once() -> None:
    model = Model([Dense(units=300)], input_shape=(200,))
    optimizer = Sgd()
    optimizer.build(model.parameters)
    marks = np.zeros(model.parameters.values.size)
    for part in range(3):
        marks[optimizer.part_slice(part, 3)] += 1
    assert (marks == 1).all()
