"""Layers that move numbers about: what they do to values, gradients and masks, as in Keras."""

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
}
