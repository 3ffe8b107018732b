"""Layers that move numbers about, and merges: values, gradients and masks, as in Keras."""

from __future__ import annotations

from tests.golden.words import Case, case, take, use

RESHAPING: dict[str, Case] = {
    "Identity": case(take(4), use("Identity")),
    "Identity.masked": case(
        take(6, 2), use("Masking"), use("Identity"), use("GRU", units=2), values="gaps"
    ),
    "Identity.twice": case(
        take(3, name="x"),
        use("Identity", name="a"),
        use("Add", inputs=["a", "x", "a"]),
        rows=1,
    ),
    "Permute": case(take(3, 2), use("Permute", dims=[2, 1])),
    "Permute.three_axes": case(take(3, 2, 4), use("Permute", dims=[3, 1, 2]), rows=1),
    "Permute.mask_dropped": case(
        take(5, 2),
        use("Masking"),
        use("Permute", dims=[2, 1]),
        use("SimpleRNN", units=2),
        values="gaps",
    ),
    "RepeatVector": case(take(4), use("RepeatVector", n=3)),
    "RepeatVector.once": case(
        take(5, 2), use("LSTM", units=2), use("RepeatVector", n=1), use("GRU", units=2), rows=1
    ),
    "Add.unlike_ranks": case(
        take(3, name="a"),
        take(2, 1, name="b"),
        take(4, 2, 3, name="c"),
        use("Add", inputs=["a", "b", "c"]),
    ),
    "Multiply.unlike_ranks": case(
        take(4, 3, name="a"), take(3, name="b"), use("Multiply", inputs=["a", "b"]), rows=1
    ),
    "Maximum.unlike_ranks": case(
        take(3, name="a"), take(4, 3, name="b"), use("Maximum", inputs=["a", "b"])
    ),
    "Add.masks_spread": case(
        take(1, 2, name="a"),
        take(6, 2, name="b"),
        use("Masking", inputs=["a"], name="c"),
        use("Masking", inputs=["b"], name="d"),
        use("Add", inputs=["c", "d"]),
        use("GRU", units=2),
        rows=4,
    ),
    "Dot": case(take(4, name="a"), take(4, name="b"), use("Dot", axes=1, inputs=["a", "b"])),
    "Dot.matrices": case(
        take(2, 3, name="a"), take(3, 4, name="b"), use("Dot", axes=[2, 1], inputs=["a", "b"])
    ),
    "Dot.vector": case(
        take(5, 3, name="a"), take(3, name="b"), use("Dot", axes=-1, inputs=["a", "b"]), rows=1
    ),
    "Dot.attention": case(
        take(3, 2, name="a"),
        take(2, 3, 4, name="b"),
        use("Dot", axes=[1, -2], inputs=["a", "b"], normalize=True),
    ),
    "Dot.cosine": case(
        take(6, 3, name="x"),
        use("Masking", inputs=["x"], name="m"),
        use("Dense", units=4, inputs=["m"], name="d"),
        use("Dot", axes=1, inputs=["m", "d"], normalize=True),
        use("LSTM", units=2),
        values="gaps",
    ),
}
