from __future__ import annotations

import pytest

from nncli.engine import capacity
from nncli.engine.layers import LSTM, Conv2D, Dense, Embedding, Input, Layer
from nncli.engine.model import Model
from nncli.errors import ShapeError


@pytest.mark.parametrize("size", [10**12, 10**23])
@pytest.mark.parametrize("kind", ["dense", "conv", "lstm", "embedding", "long embedding"])
def test_too_many_weights_for_any_machine(kind: str, size: int) -> None:
    first, layer, count = {
        "dense": ([2], Dense(units=size), 2 * size),
        "conv": ([4, 4, 1], Conv2D(filters=size, kernel_size=(3, 3)), 9 * size),
        "lstm": ([5, 2], LSTM(units=size), 8 * size),
        "embedding": ([2], Embedding(input_dim=size, output_dim=1), size),
        "long embedding": ([2], Embedding(input_dim=3, output_dim=size), 3 * size),
    }[kind]
    small: list[Layer] = [Input(shape=tuple(first))]
    with pytest.raises(ShapeError, match=rf"its [\w/]+ has {count:,} weights, which") as error:
        Model([*small, layer])
    assert error.value.layer == 1


def test_layers_that_fit_one_by_one_but_not_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(capacity, "available_memory", lambda: 12 * 2**20)
    layers: list[Layer] = [Input(shape=(1000,)), Dense(units=1000), Dense(units=1000)]
    Model(layers[:2])
    with pytest.raises(ShapeError, match="network up to this layer has 2,002,000 weights") as error:
        Model(layers)
    assert error.value.layer == 2
