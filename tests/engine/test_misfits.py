"""Layers that don't fit what reaches them: refused before training, with what was expected."""

from __future__ import annotations

import pytest

from nncli.engine.misfits import find_misfits
from nncli.engine.model import Model
from nncli.errors import ShapeError
from tests.engine import support
from tests.golden.words import Case, take, use

VECTOR, SEQUENCE, IMAGE = take(6), take(4, 6), take(5, 4, 6)
LEFT, RIGHT = take(4, 3, name="left"), take(5, 6, name="right")
BOTH = {"inputs": ["left", "right"]}
MISFITS: list[tuple[list[Case], str]] = [
    ([VECTOR, use("LSTM", units=2)], r"2 axes \(steps, features\) .* got shape \(None, 6\)"),
    ([VECTOR, use("SpatialDropout1D", rate=0.5)], r"\(steps, features\) .* \(None, 6\)"),
    (
        [SEQUENCE, use("SpatialDropout2D", rate=0.5)],
        r"\(height, width, channels\) .* \(None, 4, 6\)",
    ),
    ([LEFT, RIGHT, use("Add", **BOTH)], r"same shape, got \(None, 4, 3\), \(None, 5, 6\)"),
    (
        [LEFT, RIGHT, use("Dot", axes=2, **BOTH)],
        r"same size, got 3 and 6: axes 2 of \(None, 4, 3\)",
    ),
    ([LEFT, RIGHT, use("Dot", axes=3, **BOTH)], r"axis 3 isn't one of \(None, 4, 3\)"),
    ([VECTOR, use("Dot", axes=1)], "expected two inputs, as in .*, got 1"),
    ([SEQUENCE, use("RepeatVector", n=2)], r"1 axis \(features\) .* \(None, 4, 6\)"),
    ([VECTOR, use("Permute", dims=[2, 1])], r"as many as dims \[2, 1\].* \(None, 6\)"),
    ([IMAGE, use("GroupNormalization", groups=4)], "groups must divide the 6 channels, got 4"),
    ([VECTOR, use("GroupNormalization")], "groups must divide the 6 channels, got 32"),
    ([take(3, 2), use("RMSNormalization", axis=1)], "axis must name the last axis, .* got 1"),
    ([VECTOR, use("LayerNormalization", axis=2)], r"axis 2 isn't one of \(None, 6\)"),
    ([VECTOR, use("BatchNormalization", axis=-3)], r"axis -3 isn't one of \(None, 6\)"),
    (
        [SEQUENCE, use("UnitNormalization", axis=[1, 3])],
        r"axis \(1, 3\) isn't one of \(None, 4, 6\)",
    ),
    ([VECTOR, use("Normalization", mean=[1.0, 2.0], variance=[1.0, 2.0])], "2 numbers.* 6 places"),
    ([IMAGE, use("Normalization", axis=4)], r"axis 4 isn't one of \(None, 5, 4, 6\)"),
    (
        [SEQUENCE, use("TimeDistributed", layer=use("Normalization"))],
        "Normalization can't be inside",
    ),
    (
        [SEQUENCE, use("TimeDistributed", layer=use("Dense", units=2, activity_regularizer="l2"))],
        "activity_regularizer can't be inside TimeDistributed",
    ),
    (
        [
            take(4, 2),
            use("Masking"),
            use("TimeDistributed", layer=use("RepeatVector", n=3)),
            use("BatchNormalization"),
        ],
        r"mask of \(None, 4, 3\) for inputs of \(None, 4, 3, 2\), got one of \(None, 4\)",
    ),
]


@pytest.mark.parametrize(("layers", "message"), MISFITS)
def test_refused_with_the_layer_what_was_expected_and_what_came(
    layers: list[Case], message: str
) -> None:
    with pytest.raises(ShapeError, match=message) as caught:
        Model(support.layers_of({"layers": layers}))
    assert caught.value.layer == len(layers) - 1


def test_all_that_does_not_fit_is_found_and_what_lies_behind_is_left_out() -> None:
    layers = [
        use("Dense", units=8, name="wide"),
        use("LSTM", units=2, name="lost"),
        use("Dense", units=1, name="behind"),
        use("Conv2D", filters=1, kernel_size=2, inputs=["wide"]),
        use("Dense", units=1, inputs=["nobody"]),
    ]
    found = find_misfits(support.layers_of({"layers": layers}), (3,))
    assert [misfit.layer for misfit in found] == [1, 3, 4]
    assert found[0].so_far == "input (None, 3), wide (None, 8)"
    assert found[0].as_problem().path == ("layers", 1)


def test_of_a_deep_network_the_last_shapes_are_said() -> None:
    deep = [use("Dense", units=units) for units in range(1, 12)]
    (misfit,) = find_misfits(support.layers_of({"layers": [*deep, use("LSTM", units=1)]}), (3,))
    assert misfit.so_far.startswith("..., dense_3 (None, 4), dense_4 (None, 5)")
    assert misfit.so_far.endswith("dense_10 (None, 11)")


def test_a_layer_reads_something() -> None:
    layers = [use("Dense", units=2), use("GlobalMaxPooling2D", inputs=[])]
    (misfit,) = find_misfits(support.layers_of({"layers": layers}), (3,))
    assert (misfit.layer, str(misfit)) == (
        1,
        "inputs names no layer; name those to read, or leave it out",
    )
