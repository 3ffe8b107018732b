"""BatchNormalization on replicas: they share the statistics, so two make what one makes."""

from __future__ import annotations

from threading import Thread

import numpy as np
import pytest

from nncli.engine.layers import BatchNormalization, Input, Layer, Masking
from nncli.engine.meeting import Meeting
from nncli.engine.model import Model
from nncli.engine.types import Array
from tests.engine import support


def layers(*, masked: bool) -> list[Layer]:
    return [
        Input(shape=(3, 2)),
        *([Masking()] if masked else []),
        support.Shift(type="Shift", name="shift", rows=7),
        BatchNormalization(name="norm", momentum=0.5),
    ]


def outcome(model: Model, outputs: Array) -> dict[str, Array]:
    found = {name: gradient.copy() for name, gradient in support.gradients(model).items()}
    return found | {"outputs": outputs}


@pytest.mark.parametrize("masked", [False, True])
def test_two_replicas_make_what_one_makes(masked: bool) -> None:
    random = np.random.default_rng(6)
    x, d_y = random.normal(3.0, 2.0, (7, 3, 2)), random.normal(size=(7, 3, 2))
    x[1:3, 1:] = 0.0
    alone = Model(layers(masked=masked), dtype="float64")
    whole = outcome(alone, *support.run(alone, (x,), training=True, d_outputs=(d_y,)))

    first = Model(layers(masked=masked), dtype="float64")
    replicas, meeting, found = (first, first.replica(1)), Meeting(2), {}

    def work(number: int, part: slice) -> None:
        model = replicas[number]
        model.training_context.meeting = meeting
        (outputs,) = support.run(model, (x[part],), training=True, d_outputs=(d_y[part],))
        found[number] = outcome(model, outputs)

    parts = (slice(0, 4), slice(4, 7))
    threads = [Thread(target=work, args=(number, parts[number])) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for name in ("norm/gamma", "norm/beta"):
        np.testing.assert_allclose(found[0][name] + found[1][name], whole[name], atol=1e-12)
    both = np.concatenate([found[0]["outputs"], found[1]["outputs"]])
    np.testing.assert_allclose(both, whole["outputs"], atol=1e-12)
    shift = np.concatenate([found[0]["shift/shift"][:4], found[1]["shift/shift"][:3]])
    np.testing.assert_allclose(shift, whole["shift/shift"], atol=1e-12)
    np.testing.assert_allclose(first.state.values, alone.state.values, atol=1e-12)
