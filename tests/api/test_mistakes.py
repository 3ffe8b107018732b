"""Which inputs count as pictures."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from nncli.api.mistakes import picture_shape
from nncli.engine.layers import Dense, Input, Layer, Reshape
from nncli.engine.losses import MeanSquaredError
from nncli.engine.model import Model

PIXELS = [f"pixel{number}" for number in range(64)]
NAMELESS = [""] * 48


@pytest.mark.parametrize(
    ("shape", "names", "layers", "expected"),
    [
        ((8, 6, 1), NAMELESS, [], (8, 6, 1)),
        ((8, 6, 3), NAMELESS, [], (8, 6, 3)),
        ((8, 6, 5), NAMELESS, [], None),
        ((64,), PIXELS, [], (8, 8, 1)),
        ((64,), ["a", *PIXELS[1:]], [], None),
        ((48,), NAMELESS, [Reshape(target_shape=(8, 6, 1))], (8, 6, 1)),
        ((48,), NAMELESS, [Reshape(target_shape=(48, 1, 1))], None),
        ((48,), NAMELESS, [Reshape(target_shape=(8, 6))], None),
        ((4,), NAMELESS, [Dense(units=9), Reshape(target_shape=(3, 3, 1))], None),
    ],
)
def test_pictures_are_told_by_shape_and_names(
    shape: tuple[int, ...], names: list[str], layers: list[Layer], expected: Any
) -> None:
    model = Model([Input(shape=shape), *layers, Dense(units=1)], losses=[MeanSquaredError()])
    preprocessing = cast(Any, SimpleNamespace(inputs=[SimpleNamespace(names=names)]))
    assert picture_shape(model, preprocessing) == expected
