"""Recurrent layers and wrappers: directions, masks, and layers inside layers."""

from __future__ import annotations

from tests.golden.words import Case, case, take, use

SEQUENCES = {"return_sequences": True}
BACK = {"go_backwards": True}
DOCUMENTS = take(3, 4, dtype="int32")
"""Three sentences of four words."""
WORDS = use("Embedding", input_dim=9, output_dim=2, mask_zero=True)

RECURRENT: dict[str, Case] = {
    "LSTM.zeros_for_mask": case(
        take(6, 2),
        use("Masking"),
        use("LSTM", units=3, **SEQUENCES, zero_output_for_mask=True),
        use("Dense", units=2),
        values="gaps",
    ),
    "GRU.zeros_for_mask_backwards": case(
        take(6, 2),
        use("Masking"),
        use("GRU", units=3, **SEQUENCES, **BACK, zero_output_for_mask=True),
        values="gaps",
    ),
    "Bidirectional.apart": case(
        take(4, 3),
        use(
            "Bidirectional",
            layer=use("GRU", units=2, return_sequences=True),
            merge_mode=None,
            name="both",
        ),
        use("Subtract", inputs=["both.0", "both.1"]),
    ),
    "Bidirectional.half": case(
        take(4, 3),
        use("Bidirectional", layer=use("LSTM", units=2), merge_mode=None, name="both"),
        use("Dense", units=2, inputs=["both.1"]),
    ),
    "Bidirectional.two_layers": case(
        take(4, 3),
        use(
            "Bidirectional",
            layer=use("LSTM", units=2, **SEQUENCES),
            backward_layer=use("GRU", units=2, **SEQUENCES, **BACK),
        ),
    ),
    "Bidirectional.two_layers_masked": case(
        take(6, 2),
        use("Masking"),
        use(
            "Bidirectional",
            layer=use("SimpleRNN", units=2, **SEQUENCES, **BACK, name="first"),
            backward_layer=use("SimpleRNN", units=2, **SEQUENCES, name="second"),
            merge_mode="ave",
        ),
        use("Bidirectional", layer=use("GRU", units=2)),
        values="gaps",
    ),
    "Bidirectional.frozen": case(
        take(4, 3),
        use("Bidirectional", layer=use("LSTM", units=2, trainable=False)),
        use("Dense", units=2),
    ),
    "TimeDistributed.masked": case(
        take(6, 2),
        use("Masking"),
        use("TimeDistributed", layer=use("Dense", units=3, activation="tanh")),
        use("LSTM", units=2),
        values="gaps",
    ),
    "TimeDistributed.masked_words": case(
        DOCUMENTS,
        WORDS,
        use("TimeDistributed", layer=use("LSTM", units=3)),
        use("Flatten"),
        use("Dense", units=2),
        rows=4,
        values="tokens",
    ),
    "TimeDistributed.masked_both_ways": case(
        DOCUMENTS,
        WORDS,
        use("TimeDistributed", layer=use("Bidirectional", layer=use("GRU", units=2, **SEQUENCES))),
        use("TimeDistributed", layer=use("LSTM", units=3)),
        use("Flatten"),
        rows=4,
        values="tokens",
    ),
    "TimeDistributed.normalized": case(
        take(3, 4), use("TimeDistributed", layer=use("LayerNormalization", epsilon=2.0**-10))
    ),
    "TimeDistributed.frozen_statistics": case(
        take(3, 4),
        use(
            "TimeDistributed",
            layer=use("BatchNormalization", trainable=False, epsilon=2.0**-10),
        ),
        use("Permute", dims=[2, 1]),
        training=True,
    ),
}
