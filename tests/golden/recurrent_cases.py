"""Recurrent layers and wrappers: directions, masks, and layers inside layers."""

from __future__ import annotations

from typing import Any

from tests.golden.words import Case, case, take, use

Fields = dict[str, Any]
SEQUENCES: Fields = {"return_sequences": True}
BACK: Fields = {"go_backwards": True}
DOCUMENTS = take(3, 4, dtype="int32")
"""Three sentences of four words."""
WORDS = use("Embedding", input_dim=9, output_dim=2, mask_zero=True)


def encoder_decoder(
    type: str, states: int, encoder: Fields | None = None, decoder: Fields | None = None
) -> Case:
    """A layer that begins with the last states of another, whose output is read as well."""
    return case(
        take(4, 3, name="source"),
        take(5, 2, name="target"),
        use(type, units=3, name="encoder", inputs=["source"], return_state=True, **encoder or {}),
        use(type, units=3, name="decoder", inputs=begun("target", states), **decoder or {}),
        use("Dense", units=2, inputs=["decoder"]),
        use("Dense", units=2, inputs=["encoder"]),
    )


def masked_encoder_decoder(type: str, states: int) -> Case:
    """Padding on both sides; the decoder's last states are read, and its outputs as a sequence."""
    both = {"units": 3, "return_state": True, **SEQUENCES}
    return case(
        take(6, 2, name="source"),
        use("Masking", name="padded"),
        use(type, name="encoder", inputs=["padded"], **both),
        use(type, name="decoder", inputs=begun("padded", states), **both),
        use("Dense", units=2, inputs=["decoder.0"]),
        *(use("Dense", units=2, inputs=[f"decoder.{n}"]) for n in range(1, states + 1)),
        values="gaps",
    )


def begun(sequence: str, states: int) -> list[str]:
    """Name what a layer reads that begins with the encoder's states."""
    return [sequence, *(f"encoder.{number}" for number in range(1, states + 1))]


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
    "LSTM.encoder_decoder": encoder_decoder("LSTM", 2),
    "LSTM.encoder_decoder_sequences": encoder_decoder(
        "LSTM",
        2,
        encoder={**SEQUENCES, "activation": "relu"},
        decoder={**SEQUENCES, **BACK, "activation": "silu"},
    ),
    "LSTM.encoder_decoder_masked": masked_encoder_decoder("LSTM", 2),
    "GRU.encoder_decoder": encoder_decoder("GRU", 1, decoder=SEQUENCES),
    "GRU.encoder_decoder_reset_before": encoder_decoder(
        "GRU", 1, encoder={"reset_after": False}, decoder={"reset_after": False, **BACK}
    ),
    "GRU.encoder_decoder_masked": masked_encoder_decoder("GRU", 1),
    "SimpleRNN.encoder_decoder": encoder_decoder("SimpleRNN", 1, encoder=SEQUENCES),
    "SimpleRNN.encoder_decoder_masked": masked_encoder_decoder("SimpleRNN", 1),
    "LSTM.from_dense": case(
        take(4, 3, name="x"),
        take(2, name="image"),
        use("Dense", units=3, name="state", inputs=["image"]),
        use("Dense", units=3, name="memory", inputs=["image"]),
        use("LSTM", units=3, inputs=["x", "state", "memory"]),
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
